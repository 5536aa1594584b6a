import type { FastifyRequest } from 'fastify'
import { Problem } from '../../problem.ts'
import { isRecent } from '../../staff/sessions/session.ts'

/**
 * How somebody signs in, and who else may come in, is changed only shortly after a sign-in: a session that was left open or
 * stolen makes no lasting way in. A key is not a session.
 *
 * @param now of the machine's time
 * @throws Problem `session.not_recent`
 */
export function assertRecent({ signedIn }: FastifyRequest, now: number): void {
  if (signedIn && !isRecent(signedIn.session, now)) throw new Problem('session.not_recent')
}
