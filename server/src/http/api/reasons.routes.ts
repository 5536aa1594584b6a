import { type ApiReason, api } from '@shenpi/sdk/contract/api'
import { actorName } from '../../actors/actor.ts'
import { changeReason, createReason } from '../../reasons/change-reason.ts'
import { getReason, listReasons, listVersions } from '../../reasons/reason.store.ts'
import type { Reason } from '../../reasons/reason.ts'
import type { Services } from '../../services.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

const toReason = ({ reasonNo, changedBy, changedAt, fields, ...reason }: Reason): ApiReason => ({
  reason_no: reasonNo,
  ...reason,
  fields: [...fields],
  changed_by: changedBy,
  changed_at: changedAt.toISOString(),
})

export function reasonsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db } = services

  serve(api.listReasons, async ({ query: { limit = LIMIT, cursor, kind, which } }) => {
    const [afterNo = 0] = cursor ? parseCursor(cursor, 1) : []
    const reasons = await listReasons(db, { kind, withRetired: which === 'all' }, limit, afterNo)
    const last = reasons.at(limit - 1)
    return { items: reasons.map(toReason), next_cursor: last ? toCursor([last.reasonNo]) : null }
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
}
