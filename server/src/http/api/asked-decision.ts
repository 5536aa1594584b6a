import type { api } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import type { Static } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import { type Actor, actorKey, actorName } from '../../actors/actor.ts'
import type { ReasonTemplate } from '../../applications/application.ts'
import type { AskedDecision } from '../../applications/decide-application.ts'
import type { Schema } from '../../db/schema.ts'
import { Problem } from '../../problem.ts'
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
  return {
    ...{ move, reason, actor: actorName(actor), actorKey: actorKey(actor), delay: isPerson || delay },
    ...(fields && { fields }),
    ...(template && { template: await getTemplate(db, template, move) }),
    ...(override && !isPerson && { override }),
  }
}

/** @throws Problem `reason.unknown` */
async function getTemplate(
  db: Kysely<Schema>,
  { reason_no: reasonNo, version }: NonNullable<Body['template']>,
  move: Move,
): Promise<ReasonTemplate> {
  const reason = await getReason(db, { reasonNo, version })
  if (reason.move !== move) throw new Problem('reason.unknown', `Reason ${reasonNo} is to ${reason.move}.`)
  return { reasonNo, version, kind: reason.kind }
}
