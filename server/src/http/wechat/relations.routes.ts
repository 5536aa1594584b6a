import { relations } from '@shenpi/sdk/contract/wire'
import { bindPages } from '../../relations/bind-pages.ts'
import { searchRelations } from '../../relations/search-relations.ts'
import type { Services } from '../../services.ts'
import { toWireRelation } from './relations.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function relationsRoutes(serve: ServeCall, { db, beaconScheme, shakes: { bindings } }: Services): void {
  serve(relations.deviceBindPage, async ({ account: { accountId }, body }) => {
    await bindPages({ db, bindings }, { accountId, beaconScheme }, body)
    return {}
  })

  serve(relations.relationSearch, async ({ account: { accountId }, body }) => {
    const { relations, total } = await searchRelations(db, { accountId, beaconScheme }, body)
    return { relations: relations.map(toWireRelation), total_count: total }
  })
}
