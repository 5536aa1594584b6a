import { type Insertable, sql, type Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Calendar } from '../time/working-days.ts'
import type { DecidedApplication } from './application.ts'
import { speedOf } from './decision-day.ts'

const addToDay = prepared((db, row: Insertable<Schema['decision_day']>) =>
  db
    .insertInto('decision_day')
    .values({
      account_id: row.account_id,
      day: row.day,
      kind: row.kind,
      outcome: row.outcome,
      actor: row.actor,
      speed: row.speed,
      decided: row.decided,
      late: row.late,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'day', 'kind', 'outcome', 'actor', 'speed']).doUpdateSet({
        decided: sql<number>`decision_day.decided + excluded.decided`,
        late: sql<number>`decision_day.late + excluded.late`,
      }),
    ),
)

/** Count a decision for the dashboard, with the decision itself. */
export async function countDecision(
  trx: Transaction<Schema>,
  decided: DecidedApplication,
  calendar: Calendar,
): Promise<void> {
  await addToDay(trx, {
    account_id: decided.accountId,
    day: chinaDay(decided.decidedAt),
    kind: decided.kind,
    outcome: decided.state,
    actor: decided.decidedBy,
    speed: speedOf(decided, calendar),
    decided: 1,
    late: decided.decidedAt > decided.dueAt ? 1 : 0,
  })
}
