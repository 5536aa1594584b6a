import type { Database } from '../src/db/open.ts'
import type { QueueTable } from '../src/jobs/queue.store.ts'

/** Let every lease on a queue's rows end: they go by a time that a test cannot move. */
export async function endLeases(db: Database, table: QueueTable): Promise<void> {
  await db.updateTable(table).set({ leased_until: 1 }).where('leased_until', '>', 0).execute()
}
