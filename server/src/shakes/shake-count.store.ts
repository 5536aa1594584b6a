import type { Kysely, Selectable, Transaction } from 'kysely'
import { inBatches } from '../db/in-batches.ts'
import type { Schema } from '../db/schema.ts'
import type { Count, Subject } from './shake-tally.ts'
import { VisitorSketch } from './visitor-sketch.ts'

export type CountRow = Selectable<Schema['shake_count']>
export type Counters = Pick<CountRow, 'shake_pv' | 'shake_uv' | 'click_pv' | 'click_uv'>

const COUNTERS = ['shake_pv', 'shake_uv', 'click_pv', 'click_uv'] as const

/**
 * Add counts to what the rows say. Reads, merges and writes: the caller holds the account's journal, so that nobody
 * else does in between.
 */
export async function addCounts(trx: Transaction<Schema>, accountId: number, counts: readonly Count[]): Promise<void> {
  const alike = Map.groupBy(counts, ({ day, subject }) => `${day}/${subject}`)
  for (const group of alike.values()) {
    for (const batch of inBatches(group)) await addBatch(trx, accountId, batch)
  }
}

/** @param counts of one day and one kind of subject */
async function addBatch(trx: Transaction<Schema>, accountId: number, counts: readonly Count[]): Promise<void> {
  const [first] = counts
  if (!first) return
  const { day, subject } = first
  const rows = await trx
    .selectFrom('shake_count')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('day', '=', day)
    .where('subject', '=', subject)
    .where(
      'subject_id',
      'in',
      counts.map(({ subjectId }) => subjectId),
    )
    .execute()
  const before = new Map(rows.map((row) => [row.subject_id, row]))
  const values = counts.map((count) => merged(accountId, before.get(count.subjectId), count))
  await trx
    .insertInto('shake_count')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'day', 'subject', 'subject_id']).doUpdateSet(({ ref }) => ({
        shake_pv: ref('excluded.shake_pv'),
        shake_uv: ref('excluded.shake_uv'),
        click_pv: ref('excluded.click_pv'),
        click_uv: ref('excluded.click_uv'),
        shake_sketch: ref('excluded.shake_sketch'),
        click_sketch: ref('excluded.click_sketch'),
      })),
    )
    .execute()
}

function merged(accountId: number, before: CountRow | undefined, count: Count): CountRow {
  const shakers = withThose(before?.shake_sketch, count.visitors.shake)
  const clickers = withThose(before?.click_sketch, count.visitors.click)
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

function withThose(before: string | undefined, visitors: VisitorSketch): VisitorSketch {
  if (!before) return visitors
  const sketch = VisitorSketch.parse(before)
  sketch.merge(visitors)
  return sketch
}

/** When devices were shaken last, where that is later than what is known. */
export async function saveActiveDevices(
  trx: Transaction<Schema>,
  accountId: number,
  activeAt: ReadonlyMap<number, number>,
): Promise<void> {
  for (const batch of inBatches([...activeAt])) {
    await trx
      .insertInto('device')
      .values(
        batch.map(([deviceId, at]) => ({
          account_id: accountId,
          device_id: deviceId,
          comment: null,
          poi_id: null,
          poi_appid: null,
          last_active_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'device_id'])
          .doUpdateSet(({ ref }) => ({ last_active_at: ref('excluded.last_active_at') }))
          .where(({ eb, or, ref }) =>
            or([
              eb('device.last_active_at', 'is', null),
              eb('device.last_active_at', '<', ref('excluded.last_active_at')),
            ]),
          ),
      )
      .execute()
  }
}

export interface CountsOfDay extends Counters {
  day: number
}

/** The days of a range on which something happened, in order. */
export async function listDays(
  db: Kysely<Schema>,
  of: { accountId: number; subject: Subject; subjectId: number; firstDay: number; lastDay: number },
): Promise<CountsOfDay[]> {
  return await db
    .selectFrom('shake_count')
    .select(['day', ...COUNTERS])
    .where('account_id', '=', of.accountId)
    .where('day', '>=', of.firstDay)
    .where('day', '<=', of.lastDay)
    .where('subject', '=', of.subject)
    .where('subject_id', '=', of.subjectId)
    .orderBy('day')
    .execute()
}

export interface CountsOfSubject extends Counters {
  subjectId: number
}

/** What happened on one day, those with the most people first, and how many there are in all. */
export async function listSubjects(
  db: Kysely<Schema>,
  of: { accountId: number; subject: Subject; day: number; offset: number; limit: number },
): Promise<{ rows: CountsOfSubject[]; total: number }> {
  const ofDay = db
    .selectFrom('shake_count')
    .where('account_id', '=', of.accountId)
    .where('day', '=', of.day)
    .where('subject', '=', of.subject)
  const { total } = await ofDay.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  if (of.offset >= total) return { rows: [], total }
  const rows = await ofDay
    .select(['subject_id', ...COUNTERS])
    .orderBy('shake_uv', 'desc')
    .orderBy('subject_id', 'desc')
    .offset(of.offset)
    .limit(of.limit)
    .execute()
  return { rows: rows.map(({ subject_id: subjectId, ...counters }) => ({ subjectId, ...counters })), total }
}
