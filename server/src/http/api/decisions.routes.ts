import { api } from '@shenpi/sdk/contract/api'
import { may } from '@shenpi/sdk/contract/permissions'
import { type Actor, actorKey, actorName } from '../../actors/actor.ts'
import { decideApplication } from '../../applications/decide-application.ts'
import { completeReview, readReview } from '../../applications/read-review.ts'
import type { Undoer } from '../../applications/scheduled-decision.ts'
import { undoDecision } from '../../applications/undo-decision.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { toAskedDecision } from './asked-decision.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { presentReview } from './present-review.ts'

/** Who takes a decision back: a lead may take back what others decided. */
export const undoerOf = (actor: Actor): Undoer => ({
  actor: actorName(actor),
  actorKey: actorKey(actor),
  ofOthers: may(actor.roles, 'application.reassign'),
})

export function decisionsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, review } = services

  serve(api.decideApplication, async ({ actor, params, body, version, reply }) => {
    const asked = await toAskedDecision(db, body, actor)
    const decided = await decideApplication(review, keyOf(params.id), { ...asked, version })
    return await presentReview(services, await completeReview(review, decided), actor, reply)
  })

  serve(api.undoDecision, async ({ actor, params, reply }) => {
    const key = keyOf(params.id)
    await undoDecision(review, key, undoerOf(actor))
    return await presentReview(services, await readReview(review, key), actor, reply)
  })
}
