import { type ApiSavedView, api } from '@shenpi/sdk/contract/api'
import { type Actor, actorKey, actorName } from '../../actors/actor.ts'
import { changeView, createView, removeView } from '../../saved-views/change-saved-view.ts'
import { ViewCounter } from '../../saved-views/count-views.ts'
import { listViews } from '../../saved-views/saved-view.store.ts'
import { EVERYBODY, type SavedView } from '../../saved-views/saved-view.ts'
import type { Services } from '../../services.ts'
import { signedInOf } from '../caller.ts'
import type { ServeEndpoint } from './endpoint.ts'

const toView = ({ viewNo, staffId, name, filters }: SavedView): ApiSavedView => ({
  view_no: viewNo,
  shared: staffId === EVERYBODY,
  name,
  filters,
})

/** A key has no views of its own. */
const staffIdOf = (actor: Actor) => (actor.type === 'staff' ? actor.staffId : undefined)

export function savedViewsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db } = services
  const counter = new ViewCounter(services)

  serve(api.listSavedViews, async ({ actor }) => ({ items: (await listViews(db, staffIdOf(actor))).map(toView) }))

  serve(api.countSavedViews, async ({ actor }) => {
    const counts = await counter.count(await listViews(db, staffIdOf(actor)), actorKey(actor))
    return { items: counts.map(({ viewNo, ...of }) => ({ view_no: viewNo, ...of })) }
  })

  serve(api.createSavedView, async ({ actor, body, reply: { request } }) => {
    const { staffId } = signedInOf(request).staff
    return toView(await createView(services, { ...body, staffId }, actorName(actor)))
  })

  serve(api.changeSavedView, async ({ actor, params: { view_no: viewNo }, body, reply: { request } }) => {
    const { staffId } = signedInOf(request).staff
    return toView(await changeView(services, { ...body, staffId, viewNo }, actorName(actor)))
  })

  serve(api.deleteSavedView, async ({ actor, params: { view_no: viewNo }, reply: { request } }) => {
    const { staffId } = signedInOf(request).staff
    await removeView(services, { staffId, viewNo }, actorName(actor))
    return {}
  })

  serve(api.createSharedView, async ({ actor, body }) =>
    toView(await createView(services, { ...body, staffId: EVERYBODY }, actorName(actor))),
  )

  serve(api.changeSharedView, async ({ actor, params: { view_no: viewNo }, body }) =>
    toView(await changeView(services, { ...body, staffId: EVERYBODY, viewNo }, actorName(actor))),
  )

  serve(api.deleteSharedView, async ({ actor, params: { view_no: viewNo } }) => {
    await removeView(services, { staffId: EVERYBODY, viewNo }, actorName(actor))
    return {}
  })
}
