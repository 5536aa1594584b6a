import type { CountedSubject } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

type Counters = Pick<Selectable<Schema['shake_count']>, 'shake_pv' | 'shake_uv' | 'click_pv' | 'click_uv'>

const COUNTERS = ['shake_pv', 'shake_uv', 'click_pv', 'click_uv'] as const

export interface CountsOfDay extends Counters {
  day: number
}

interface Days {
  accountId: number
  subject: CountedSubject
  subjectId: number
  firstDay: number
  lastDay: number
}

const selectDays = prepared((db, of: Days) =>
  db
    .selectFrom('shake_count')
    .select(['day', ...COUNTERS])
    .where('account_id', '=', of.accountId)
    .where('day', '>=', of.firstDay)
    .where('day', '<=', of.lastDay)
    .where('subject', '=', of.subject)
    .where('subject_id', '=', of.subjectId)
    .orderBy('day'),
)

/** The days of a range on which something happened, in order. */
export const listDays = (db: Kysely<Schema>, of: Days): Promise<CountsOfDay[]> => selectDays(db, of)

export interface CountsOfSubject extends Counters {
  subjectId: number
}

interface Day {
  accountId: number
  subject: CountedSubject
  day: number
}

const selectOfDay = (db: Kysely<Schema>, of: Day) =>
  db
    .selectFrom('shake_count')
    .where('account_id', '=', of.accountId)
    .where('day', '=', of.day)
    .where('subject', '=', of.subject)

const selectTotal = prepared((db, of: Day) => selectOfDay(db, of).select(({ fn }) => fn.countAll<number>().as('total')))

const selectPart = prepared((db, of: Day & { offset: number; limit: number }) =>
  selectOfDay(db, of)
    .select(['subject_id', ...COUNTERS])
    .orderBy('shake_uv', 'desc')
    .orderBy('subject_id', 'desc')
    .offset(of.offset)
    .limit(of.limit),
)

/** The statistics of one day, those with the most people first, and how many there are in all. */
export async function listSubjects(
  db: Kysely<Schema>,
  of: Day & { offset: number; limit: number },
): Promise<{ rows: CountsOfSubject[]; total: number }> {
  const [counted] = await selectTotal(db, of)
  const total = counted?.total ?? 0
  if (of.offset >= total) return { rows: [], total }
  const rows = await selectPart(db, of)
  return { rows: rows.map(({ subject_id: subjectId, ...counters }) => ({ subjectId, ...counters })), total }
}
