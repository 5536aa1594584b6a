/**
 * What it costs to seal a ticket and to open it again:
 *
 *   node bench/tickets.ts [OTHER]    OTHER: another version of server/src/shakes/ticket.ts, to compare with in turn
 */
import { pathToFileURL } from 'node:url'
import { systemEntropy } from '../server/src/entropy/entropy.ts'
import { TicketSeal } from '../server/src/shakes/ticket.ts'
import { median, takeTurns } from './statistics.ts'

const ROUNDS = 31
const TICKETS = 5000
const TICKET = { accountId: 1001, deviceId: 1_000_007, pageId: 12, openid: 'o'.padEnd(28, '0'), distance: 0.5 }

const [, , other] = process.argv
const { TicketSeal: OtherSeal }: { TicketSeal: typeof TicketSeal } = other
  ? await import(pathToFileURL(other).href)
  : { TicketSeal }
const shakenAt = new Date('2026-03-14T12:00:00+08:00')
const [ours = [], others = []] = await takeTurns(ROUNDS, [
  async () => measure(new TicketSeal('secret')),
  async () => measure(new OtherSeal('secret')),
])
console.log(`${median(ours).toFixed(1)} µs to seal a ticket and to open it, of the processor's time`)
if (other) {
  const ratio = median(ours.map((our, round) => our / (others[round] ?? Number.NaN)))
  console.log(`${median(others).toFixed(1)} µs in ${other}: ${ratio.toFixed(2)} times as much as there`)
}

/** Unit: microseconds a ticket. */
function measure(seal: TicketSeal): number {
  const before = process.cpuUsage()
  for (let count = 0; count < TICKETS; count += 1) {
    if (!seal.open(seal.seal({ ...TICKET, shakenAt }, systemEntropy), { now: () => shakenAt }))
      throw new Error('a ticket did not open')
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / TICKETS
}
