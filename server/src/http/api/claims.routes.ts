import { api } from '@shenpi/sdk/contract/api'
import { type Actor, actorKey, actorName } from '../../actors/actor.ts'
import { claimApplication, releaseClaim, takeOverClaim } from '../../applications/claim-application.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { toClaim } from './decisions.presenter.ts'
import type { ServeEndpoint } from './endpoint.ts'

const claimantOf = (actor: Actor) => ({ actorKey: actorKey(actor), actor: actorName(actor) })

export function claimsRoutes(serve: ServeEndpoint, { review }: Services): void {
  serve(api.claimApplication, async ({ actor, params }) => {
    const claim = await claimApplication(review, keyOf(params.id), claimantOf(actor))
    return toClaim(claim, actorKey(actor))
  })

  serve(api.releaseClaim, async ({ actor, params }) => {
    const claim = await releaseClaim(review, keyOf(params.id), claimantOf(actor))
    return { claim: claim && toClaim(claim, actorKey(actor)) }
  })

  serve(api.takeOverClaim, async ({ actor, params }) => {
    const claim = await takeOverClaim(review, keyOf(params.id), claimantOf(actor))
    return toClaim(claim, actorKey(actor))
  })
}
