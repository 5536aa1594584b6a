import type { CountedSubject } from '@shenpi/sdk/contract/states'
import type { Selectable, Transaction } from 'kysely'
import { insertRows, isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { Count } from './account-tally.ts'
import { VisitorSketch } from './visitor-sketch.ts'

type CountRow = Selectable<Schema['shake_count']>
interface Group {
  accountId: number
  day: number
  subject: CountedSubject
}

const selectRows = prepared((db, { accountId, day, subject, ids }: Group & { ids: number[] }) =>
  db
    .selectFrom('shake_count')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('day', '=', day)
    .where('subject', '=', subject)
    .where(isIn(db, 'subject_id', ids)),
)

const COLUMNS = {
  account_id: 'bigint',
  day: 'bigint',
  subject: 'text',
  subject_id: 'bigint',
  shake_pv: 'bigint',
  shake_uv: 'bigint',
  click_pv: 'bigint',
  click_uv: 'bigint',
  shake_sketch: 'text',
  click_sketch: 'text',
} as const

const saveRows = prepared((db, { rows }: { rows: CountRow[] }) =>
  insertRows(db, 'shake_count', rows, COLUMNS).onConflict((conflict) =>
    conflict.columns(['account_id', 'day', 'subject', 'subject_id']).doUpdateSet(({ ref }) => ({
      shake_pv: ref('excluded.shake_pv'),
      shake_uv: ref('excluded.shake_uv'),
      click_pv: ref('excluded.click_pv'),
      click_uv: ref('excluded.click_uv'),
      shake_sketch: ref('excluded.shake_sketch'),
      click_sketch: ref('excluded.click_sketch'),
    })),
  ),
)

/**
 * Add counts to what the rows say. Reads, merges and writes: the caller holds the account's journal, so that nobody
 * else does in between.
 */
export async function addCounts(trx: Transaction<Schema>, accountId: number, counts: readonly Count[]): Promise<void> {
  const alike = Map.groupBy(counts, ({ day, subject }) => `${day}/${subject}`)
  for (const [first, ...others] of alike.values()) {
    if (!first) continue
    const group = { accountId, day: first.day, subject: first.subject }
    const ids = [first, ...others].map(({ subjectId }) => subjectId)
    const before = new Map((await selectRows(trx, { ...group, ids })).map((row) => [row.subject_id, row]))
    const rows = [first, ...others].map((count) => addTo(accountId, before.get(count.subjectId), count))
    await saveRows(trx, { rows })
  }
}

function addTo(accountId: number, before: CountRow | undefined, count: Count): CountRow {
  const shakers = joinVisitors(before?.shake_sketch, count.visitors.shake)
  const clickers = joinVisitors(before?.click_sketch, count.visitors.click)
  const shakes = (before?.shake_pv ?? 0) + count.views.shake
  const clicks = (before?.click_pv ?? 0) + count.views.click
  return {
    account_id: accountId,
    day: count.day,
    subject: count.subject,
    subject_id: count.subjectId,
    shake_pv: shakes,
    // An estimate may run ahead of what it estimates, but never of the times.
    shake_uv: Math.min(shakers.size, shakes),
    click_pv: clicks,
    click_uv: Math.min(clickers.size, clicks),
    shake_sketch: shakers.toText(),
    click_sketch: clickers.toText(),
  }
}

function joinVisitors(before: string | undefined, visitors: VisitorSketch): VisitorSketch {
  if (!before) return visitors
  const sketch = VisitorSketch.parse(before)
  sketch.merge(visitors)
  return sketch
}
