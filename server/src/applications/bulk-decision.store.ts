import type { Kysely, Selectable } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { toNames } from './application.store.ts'
import type { BulkDecision } from './bulk-decision.ts'

type Row = Selectable<Schema['bulk_decision']>

const toBulkDecision = (row: Row): BulkDecision => ({
  bulkId: row.bulk_id,
  state: row.state,
  kind: row.kind,
  move: row.move,
  reason: row.reason,
  fields: toNames(row.fields),
  actorKey: row.actor_key,
  actor: row.actor,
  applications: JSON.parse(row.applications),
  decidedAt: new Date(row.decided_at),
  dueAt: new Date(row.due_at),
})

export async function findBulkDecision(db: Kysely<Schema>, bulkId: string): Promise<BulkDecision | undefined> {
  const row = await db.selectFrom('bulk_decision').selectAll().where('bulk_id', '=', bulkId).executeTakeFirst()
  return row && toBulkDecision(row)
}

export async function insertBulkDecision(db: Kysely<Schema>, bulk: BulkDecision): Promise<void> {
  const row: Row = {
    bulk_id: bulk.bulkId,
    state: bulk.state,
    kind: bulk.kind,
    move: bulk.move,
    reason: bulk.reason,
    fields: JSON.stringify(bulk.fields),
    actor_key: bulk.actorKey,
    actor: bulk.actor,
    applications: JSON.stringify(bulk.applications),
    decided_at: bulk.decidedAt.getTime(),
    due_at: bulk.dueAt.getTime(),
  }
  await db.insertInto('bulk_decision').values(row).execute()
}

/**
 * From now on all of it counts, until it is due or taken back.
 *
 * @returns whether it does: not when preparing it took too long
 */
export async function confirmBulk(db: Kysely<Schema>, bulkId: string, now: number, dueAt: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('bulk_decision')
    .set({ state: 'waiting', due_at: dueAt.getTime() })
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'preparing')
    .where('due_at', '>', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** None of it counts: some could not be prepared. */
export async function refuseBulk(db: Kysely<Schema>, bulkId: string): Promise<void> {
  await db
    .updateTable('bulk_decision')
    .set({ state: 'refused' })
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'preparing')
    .execute()
}

/** Take all of it back. @returns whether it was not yet due */
export async function undoBulk(db: Kysely<Schema>, bulkId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('bulk_decision')
    .set({ state: 'undone' })
    .where('bulk_id', '=', bulkId)
    .where('state', '=', 'waiting')
    .where('due_at', '>', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Let one that is due take effect, after which it cannot be taken back; one that was never prepared counts no more. */
export async function concludeBulk(db: Kysely<Schema>, bulkId: string, now: number): Promise<BulkDecision | undefined> {
  const bulk = await findBulkDecision(db, bulkId)
  if (!bulk || bulk.dueAt.getTime() > now || (bulk.state !== 'waiting' && bulk.state !== 'preparing')) return bulk
  await db
    .updateTable('bulk_decision')
    .set({ state: bulk.state === 'waiting' ? 'effective' : 'refused' })
    .where('bulk_id', '=', bulkId)
    .where('state', '=', bulk.state)
    .where('due_at', '<=', now)
    .execute()
  return await findBulkDecision(db, bulkId)
}
