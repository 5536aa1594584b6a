import type { CountedSubject } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from '../db/schema.ts'

type Counters = Pick<Selectable<Schema['shake_count']>, 'shake_pv' | 'shake_uv' | 'click_pv' | 'click_uv'>

const COUNTERS = ['shake_pv', 'shake_uv', 'click_pv', 'click_uv'] as const

export interface CountsOfDay extends Counters {
  day: number
}

/** The days of a range on which something happened, in order. */
export async function listDays(
  db: Kysely<Schema>,
  of: { accountId: number; subject: CountedSubject; subjectId: number; firstDay: number; lastDay: number },
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

/** The statistics of one day, those with the most people first, and how many there are in all. */
export async function listSubjects(
  db: Kysely<Schema>,
  of: { accountId: number; subject: CountedSubject; day: number; offset: number; limit: number },
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
