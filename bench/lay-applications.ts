import type { Place } from '../server/test/databases.ts'
import { lay } from './databases.ts'
import { LEVEL1, LEVEL2 } from './submissions.ts'

/** The number of the first application that is laid in each account. */
export const FIRST_APPLICATION_NO = 1001
/** Nobody else applies for these and those that follow. */
const FIRST_LAID_CATEGORY = 1_000_000
/** When the first was submitted. */
export const APPLIED_AT = Date.parse('2026-03-02T09:00:00+08:00')
const DAY_MS = 24 * 60 * 60 * 1000
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

/** Applications for categories that are laid: of accounts with successive IDs, in turn, each for another category. */
export interface LaidApplications {
  firstAccountId: number
  accounts: number
  /** How many have been laid before. */
  from?: number
  count: number
  state: 'under_review' | 'rejected'
}

/** Insert applications, one a second, as if they had been submitted and those rejected had been decided. */
export async function layApplications(
  place: Place,
  { firstAccountId, accounts, from = 0, count, state }: LaidApplications,
): Promise<void> {
  const decided = state === 'rejected' ? `2, ${APPLIED_AT} + i * 1000 + ${DAY_MS}, 'bench', 'no'` : "1, null, null, ''"
  const appliedAt = `(${APPLIED_AT} + i * 1000)`
  const day = `((${appliedAt} + ${CHINA_OFFSET_MS}) / ${DAY_MS})`
  // The third working day after it, in weeks without holidays: a server that finds another due time moves it, which costs.
  const days = `(case (${day} + 3) % 7 when 0 then 3 when 1 then 3 when 6 then 3 when 5 then 4 else 5 end)`
  const dueAt = `(${day} + ${days} + 1) * ${DAY_MS} - ${CHINA_OFFSET_MS + 1}`
  const category = `${FIRST_LAID_CATEGORY} + i / ${accounts}`
  await lay(
    place,
    `begin;
    with recursive n(i) as (
      select cast(${from} as bigint) union all select i + 1 from n where i < ${from + count - 1})
    insert into application (account_id, application_no, kind, subject, payload, applied_at, due_at,
      state, version, decided_at, decided_by, reason)
      select ${firstAccountId} + i % ${accounts}, ${FIRST_APPLICATION_NO} + i / ${accounts}, 'category_qualification',
        'category:' || (${category}),
        '{"level1":${LEVEL1},"level2":${LEVEL2},"level3":' || (${category}) || ',"scene_group_list":[1]}',
        ${appliedAt}, ${dueAt}, '${state}', ${decided}
      from n;
    update account_journal set application_no = ${FIRST_APPLICATION_NO} + ${Math.ceil((from + count) / accounts)}
      where account_id >= ${firstAccountId} and account_id < ${firstAccountId + accounts};
    commit;
    analyze`,
  )
}
