import { type ApiBulkDecision, type ApiBulkItem, api } from '@shenpi/sdk/contract/api'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { actorKey } from '../../actors/actor.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import type { BulkDecision } from '../../applications/bulk-decision.ts'
import { decideInBulk, getBulkDecision, undoBulkDecision } from '../../applications/decide-in-bulk.ts'
import { type PreviewedApplication, previewBulk } from '../../applications/preview-bulk.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { toAskedDecision } from './asked-decision.ts'
import { undoerOf } from './decisions.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'

const toItem = ({ leadsTo, refusal, ...key }: PreviewedApplication): ApiBulkItem => ({
  id: toApplicationId(key),
  leads_to: leadsTo ?? null,
  refusal: refusal ? { ...refusal, title: problemRow(refusal.code).message } : null,
})

/** Why many were approved is what a first opinion of some of them says: the outcome of each tells it, once there is one. */
const toBulkDecision = (bulk: BulkDecision, key: string): ApiBulkDecision => ({
  id: bulk.bulkId,
  kind: bulk.kind,
  move: bulk.move,
  reason: bulk.move === 'reject' || bulk.actorKey === key ? bulk.reason : null,
  fields: [...bulk.fields],
  by: bulk.actor,
  mine: bulk.actorKey === key,
  state: bulk.state,
  total: bulk.applications.length,
  decided_at: bulk.decidedAt.toISOString(),
  until: bulk.dueAt.toISOString(),
})

const chosenIn = ({ applications }: { applications: readonly { id: string; version: number }[] }) =>
  applications.map(({ id, version }) => ({ ...keyOf(id), version }))

export function bulkDecisionsRoutes(serve: ServeEndpoint, { db, review }: Services): void {
  serve(api.previewBulkDecision, async ({ actor, body }) => {
    const asked = await toAskedDecision(db, body, actor)
    const { kind, items } = await previewBulk(review, chosenIn(body), asked)
    const count = (word: string | undefined) => items.filter(({ leadsTo }) => leadsTo === word).length
    const counts = { outcome: count('outcome'), second_opinion: count('second_opinion'), refused: count(undefined) }
    return { kind, counts, items: items.map(toItem) }
  })

  serve(api.createBulkDecision, async ({ actor, body }) => {
    const asked = await toAskedDecision(db, body, actor)
    return toBulkDecision(await decideInBulk(review, chosenIn(body), asked), actorKey(actor))
  })

  serve(api.getBulkDecision, async ({ actor, params }) =>
    toBulkDecision(await getBulkDecision(review, params.id), actorKey(actor)),
  )

  serve(api.undoBulkDecision, async ({ actor, params }) =>
    toBulkDecision(await undoBulkDecision(review, params.id, undoerOf(actor)), actorKey(actor)),
  )
}
