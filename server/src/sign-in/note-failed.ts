import type { SignInWay } from '@shenpi/sdk/contract/states'
import { insertFailedSignIn } from '../staff/failed-sign-in.store.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import type { Staff } from '../staff/staff.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** Keep a failed sign-in for the person to see. Nobody waits for it: the time of an answer tells nothing of a name. */
export function noteFailed(parts: SignInParts, { staffId, name }: Staff, way: SignInWay, visitor: Visitor): void {
  const { db, clock, failures } = parts
  const { address, userAgent } = visitor
  insertFailedSignIn(db, staffId, { at: new Date(clock.machine()), way, address, userAgent }).catch((error) =>
    failures.tell(error, { staff: name }, 'a failed sign-in was not noted'),
  )
}
