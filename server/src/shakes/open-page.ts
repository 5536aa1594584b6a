import { Problem } from '../problem.ts'
import { hashVisitor } from '../statistics/visitor-sketch.ts'
import type { Clock } from '../time/clock.ts'
import type { Shakes } from './shake-nearby.ts'
import type { Ticket } from './ticket.ts'

/**
 * The phone opened the page that a ticket came with: counted as a click, each time.
 *
 * @throws Problem `ticket.invalid`
 */
export function openPage({ clock, shakes }: { clock: Clock; shakes: Shakes }, text: string): Ticket {
  const ticket = shakes.tickets.open(text, clock)
  if (!ticket) throw new Problem('ticket.invalid')
  const { accountId, deviceId, pageId, openid } = ticket
  const at = clock.now(accountId)
  shakes.tally.count('click', { accountId, deviceId, pageId, visitor: hashVisitor(openid), at })
  return ticket
}
