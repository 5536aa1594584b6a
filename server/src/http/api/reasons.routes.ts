import { type ApiReason, api } from '@shenpi/sdk/contract/api'
import { actorName } from '../../actors/actor.ts'
import { changeReason, createReason } from '../../reasons/change-reason.ts'
import { orderReasons } from '../../reasons/order-reasons.ts'
import { getReason, listReasons, listVersions } from '../../reasons/reason.store.ts'
import type { Reason } from '../../reasons/reason.ts'
import type { Services } from '../../services.ts'
import { parseCursor, parseKeyCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

const toReason = ({ reasonNo, changedBy, changedAt, fields, position: _, ...reason }: Reason): ApiReason => ({
  reason_no: reasonNo,
  ...reason,
  fields: [...fields],
  changed_by: changedBy,
  changed_at: changedAt.toISOString(),
})

function parseReasonCursor(cursor: string) {
  const [kind, position, reasonNo] = parseKeyCursor(cursor, ['string', 'number', 'number'])
  return { kind: String(kind), position: Number(position), reasonNo: Number(reasonNo) }
}

export function reasonsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db } = services

  serve(api.listReasons, async ({ query: { limit = LIMIT, cursor, kind, which } }) => {
    const after = cursor === undefined ? undefined : parseReasonCursor(cursor)
    const reasons = await listReasons(db, { kind, withRetired: which === 'all' }, limit, after)
    const last = reasons.at(limit - 1)
    const next = last ? toCursor([last.kind, last.position, last.reasonNo]) : null
    return { items: reasons.map(toReason), next_cursor: next }
  })

  serve(api.listReasonVersions, async ({ params, query: { limit = LIMIT, cursor } }) => {
    const [before] = cursor ? parseCursor(cursor, 1) : []
    await getReason(db, { reasonNo: params.reason_no })
    const versions = await listVersions(db, params.reason_no, limit, before)
    const last = versions.at(limit - 1)
    return { items: versions.map(toReason), next_cursor: last ? toCursor([last.version]) : null }
  })

  serve(api.createReason, async ({ actor, body }) => toReason(await createReason(services, body, actorName(actor))))

  serve(api.changeReason, async ({ actor, params, body }) =>
    toReason(await changeReason(services, { reasonNo: params.reason_no, ...body }, actorName(actor))),
  )

  serve(api.orderReasons, async ({ actor, body }) => {
    await orderReasons(services, body, actorName(actor))
    return {}
  })
}
