import type { Kysely, Selectable } from 'kysely'
import type { Schema } from '../../db/schema.ts'

export type SnapshotRow = Selectable<Schema['sandbox_snapshot']>
/** As a list shows it: what it holds may be large. */
export type ListedSnapshot = Omit<SnapshotRow, 'content' | 'drawn'>

const LISTED = ['name', 'appid', 'taken_at', 'bytes', 'file'] as const

export async function findSnapshot(db: Kysely<Schema>, name: string): Promise<SnapshotRow | undefined> {
  return await db.selectFrom('sandbox_snapshot').selectAll().where('name', '=', name).executeTakeFirst()
}

/** By their names, from behind one. */
export async function listSnapshots(
  db: Kysely<Schema>,
  { after, limit }: { after: string; limit: number },
): Promise<ListedSnapshot[]> {
  return await db
    .selectFrom('sandbox_snapshot')
    .select(LISTED)
    .where('name', '>', after)
    .orderBy('name')
    .limit(limit)
    .execute()
}

/** The files in which snapshots of SQLite lie. */
export async function listSnapshotFiles(db: Kysely<Schema>): Promise<Set<string | null>> {
  const rows = await db.selectFrom('sandbox_snapshot').select('file').where('file', 'is not', null).execute()
  return new Set(rows.map(({ file }) => file))
}

/** Keep a snapshot in place of one of its name. */
export async function saveSnapshot(db: Kysely<Schema>, row: SnapshotRow): Promise<void> {
  await db
    .insertInto('sandbox_snapshot')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}

export async function deleteSnapshotRow(db: Kysely<Schema>, name: string): Promise<void> {
  await db.deleteFrom('sandbox_snapshot').where('name', '=', name).execute()
}
