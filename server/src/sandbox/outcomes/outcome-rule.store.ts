import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { prepared } from '../../db/statements.ts'
import type { OutcomeRule } from './outcome-rule.ts'

type Row = Selectable<Schema['sandbox_outcome_rule']>

const toRule = ({ account_id, name, position, rule, hits }: Row): OutcomeRule => ({
  ...JSON.parse(rule),
  accountId: account_id,
  name,
  position,
  hits,
})

const toRow = ({ accountId, name, position, match, outcome, when, hits }: OutcomeRule): Row => ({
  account_id: accountId,
  name,
  position,
  rule: JSON.stringify({ match, outcome, when }),
  hits,
})

const selectRules = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('sandbox_outcome_rule')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('position')
    .orderBy('name'),
)

const addHit = prepared((db, { accountId, name }: { accountId: number; name: string }) =>
  db
    .updateTable('sandbox_outcome_rule')
    .set(({ eb }) => ({ hits: eb('hits', '+', 1) }))
    .where('account_id', '=', accountId)
    .where('name', '=', name),
)

/** The rules of an account, or of all accounts together, in their order. */
export async function listRules(db: Kysely<Schema>, accountId: number): Promise<OutcomeRule[]> {
  return (await selectRules(db, { accountId })).map(toRule)
}

/** Put rules in the place of those of the same name; one that says what it said keeps its hits. */
export async function upsertRules(trx: Transaction<Schema>, rules: readonly OutcomeRule[]): Promise<void> {
  if (rules.length === 0) return
  await trx
    .insertInto('sandbox_outcome_rule')
    .values(rules.map(toRow))
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'name']).doUpdateSet(({ ref }) => ({
        position: ref('excluded.position'),
        rule: ref('excluded.rule'),
        hits: sql<number>`case when ${ref('excluded.rule')} = ${ref('sandbox_outcome_rule.rule')} then ${ref('sandbox_outcome_rule.hits')} else 0 end`,
      })),
    )
    .execute()
}

/** Delete rules of an account, by their names. */
export async function deleteRules(
  trx: Transaction<Schema>,
  accountId: number,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  await trx.deleteFrom('sandbox_outcome_rule').where('account_id', '=', accountId).where('name', 'in', names).execute()
}

/** The rule was applied to one more application. */
export async function countHit(trx: Transaction<Schema>, { accountId, name }: OutcomeRule): Promise<void> {
  await addHit(trx, { accountId, name })
}
