import type { StaffParts } from '../staff-parts.ts'
import { changeSessions } from './change-sessions.ts'
import { endSession, endSessions } from './session.store.ts'
import type { SignedIn } from './session.ts'

/** End one of one's sessions. @returns whether it went on until now: another browser may be quicker */
export async function endOwnSession(
  parts: StaffParts,
  { staff: { staffId, name } }: SignedIn,
  sessionId: number,
): Promise<boolean> {
  return await changeSessions(parts, async ({ trx, append }) => {
    const isEnded = await endSession(trx, { staffId, sessionId, at: parts.clock.machine() })
    if (isEnded) append({ at: parts.clock.installation(), actor: `staff:${name}`, action: 'session.end', detail: {} })
    return isEnded
  })
}

/** End all of one's sessions but this one. @returns how many */
export async function endOtherSessions(
  parts: StaffParts,
  { staff: { staffId, name }, session }: SignedIn,
): Promise<number> {
  const ended = await changeSessions(parts, async ({ trx, append }) => {
    const count = await endSessions(trx, { staffId, at: parts.clock.machine(), except: session.sessionId })
    if (count > 0)
      append({
        at: parts.clock.installation(),
        actor: `staff:${name}`,
        action: 'session.end_others',
        detail: { count },
      })
    return count
  })
  return ended
}
