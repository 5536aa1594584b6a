import { Problem } from '../problem.ts'
import type { Claim } from './application.ts'

/** @throws Problem `application.claimed` when somebody else has claimed it */
export function refuseClaimed(claim: Claim | null, actorKey: string): void {
  if (!claim || claim.actorKey === actorKey) return
  const until = claim.until.toISOString()
  const detail = `${claim.name} has it until ${until}.`
  throw new Problem('application.claimed', detail, undefined, { claim: { by: claim.name, until } })
}
