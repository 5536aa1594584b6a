import type { SignInWay } from '@shenpi/sdk/contract/states'
import { insertFailedSignIn } from '../staff/failed-sign-in.store.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import type { Staff } from '../staff/staff.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** How long after the answer. Unit: milliseconds. */
const LATER_MS = 200

/**
 * Keep a failed sign-in for the person to see, when the answer has left: SQLite writes while nothing else happens, and the time
 * of an answer must tell nothing of a name.
 */
export function noteFailed(parts: SignInParts, { staffId, name }: Staff, way: SignInWay, visitor: Visitor): void {
  const { db, clock, failures } = parts
  const { address, userAgent } = visitor
  const failed = { at: new Date(clock.machine()), way, address, userAgent }
  const insert = () =>
    insertFailedSignIn(db, staffId, failed).catch((error) =>
      failures.tell(error, { staff: name }, 'a failed sign-in was not noted'),
    )
  setTimeout(insert, LATER_MS).unref()
}
