import type { api } from '@shenpi/sdk/contract/api'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import { type Actor, actorKey, actorName } from '../../actors/actor.ts'
import type { AskedDecision } from '../../applications/decide-application.ts'
import type { Schema } from '../../db/schema.ts'
import { getReason } from '../../reasons/reason.store.ts'

type Body = Omit<Static<typeof api.previewBulkDecision.body>, 'applications'>

/**
 * A decision as it was asked for. That of a person always waits, and no person overrides a claim.
 *
 * @throws Problem `reason.unknown`
 */
export async function toAskedDecision(db: Kysely<Schema>, body: Body, actor: Actor): Promise<AskedDecision> {
  const { move, reason = '', fields, template, override = false, delay = false } = body
  const isPerson = actor.type === 'staff'
  if (template) await getReason(db, { reasonNo: template.reason_no, version: template.version })
  return {
    ...{ move, reason, actor: actorName(actor), actorKey: actorKey(actor), delay: isPerson || delay },
    ...(fields && { fields }),
    ...(template && { template: { reasonNo: template.reason_no, version: template.version } }),
    ...(override && !isPerson && { override }),
  }
}
