import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import { type Delivery, type DeliveryKey, getDelivery, listAttempts } from '../../callbacks/delivery.store.ts'
import { listDeliveries } from '../../callbacks/list-deliveries.ts'
import { replayDelivery } from '../../deliveries/replay-delivery.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { keyOf as applicationKeyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import { parseDeliveryId, toDelivery, toDeliveryInFull } from './deliveries.presenter.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

/** @throws Problem `delivery.unknown` */
function keyOf(id: string): DeliveryKey {
  const key = parseDeliveryId(id)
  if (!key) throw new Problem('delivery.unknown')
  return key
}

export function deliveriesRoutes(serve: ServeEndpoint, { db, clock, accountNames }: Services): void {
  async function present(delivery: Delivery) {
    return toDeliveryInFull(delivery, await accountNames.of(delivery.accountId), await listAttempts(db, delivery))
  }

  serve(api.listDeliveries, async ({ query: { limit = LIMIT, cursor, appid, application, from, until, ...what } }) => {
    const account = appid ? await getAccountByAppid(db, appid) : undefined
    const key = application ? applicationKeyOf(application) : undefined
    // Numbers of applications repeat from account to account: another's application has no delivery here.
    if (account && key && key.accountId !== account.accountId) return { items: [], next_cursor: null }
    const [at = 0, accountId = 0, deliveryNo = 0] = cursor ? parseCursor(cursor, 3) : []
    const whose = { accountId: account?.accountId ?? key?.accountId, applicationNo: key?.applicationNo }
    const when = { from: toDate(from), until: toDate(until) }
    const after = cursor ? { at, accountId, deliveryNo } : undefined
    const { deliveries, goesOn } = await listDeliveries(db, { ...whose, ...what, ...when }, limit, after)
    const names = await accountNames.find(deliveries.map((delivery) => delivery.accountId))
    return {
      items: deliveries.map((delivery) => toDelivery(delivery, names.get(delivery.accountId))),
      next_cursor: goesOn ? toCursor([goesOn.at, goesOn.accountId, goesOn.deliveryNo]) : null,
    }
  })

  serve(api.getDelivery, async ({ params }) => present(await getDelivery(db, keyOf(params.id))))

  serve(api.replayDelivery, async ({ actor, params }) =>
    present(await replayDelivery({ db, clock }, keyOf(params.id), actorName(actor))),
  )
}

const toDate = (time: string | undefined): Date | undefined => (time === undefined ? undefined : new Date(time))
