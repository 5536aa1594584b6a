import type { KindName, Move } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { toNames } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'

type Row = Selectable<Schema['decision_sample']>

/** A decided application that was drawn for a second review, which changes nothing. */
export interface Sample extends ApplicationKey {
  kind: KindName
  /** What was decided. */
  move: Move
  /** The reason of the library that was given. */
  reasonNo: number | null
  /** Who decided, or gave an opinion before: they do not review it a second time. */
  deciderKeys: readonly string[]
  drawnAt: Date
  answer: SampleAnswer | null
}

export interface SampleAnswer {
  move: Move
  by: string
  note: string
  at: Date
}

const toSample = (row: Row): Sample => ({
  accountId: row.account_id,
  applicationNo: row.application_no,
  kind: row.kind,
  move: row.move,
  reasonNo: row.reason_no,
  deciderKeys: toNames(row.decider_keys),
  drawnAt: new Date(row.drawn_at),
  answer: toAnswer(row),
})

function toAnswer({ answered_move: move, answered_by: by, answered_note: note, answered_at: at }: Row) {
  return move === null || at === null ? null : { move, by: by ?? '', note: note ?? '', at: new Date(at) }
}

export async function insertSample(trx: Transaction<Schema>, sample: Sample): Promise<void> {
  const row: Row = {
    account_id: sample.accountId,
    application_no: sample.applicationNo,
    kind: sample.kind,
    move: sample.move,
    reason_no: sample.reasonNo,
    decider_keys: JSON.stringify(sample.deciderKeys),
    drawn_at: sample.drawnAt.getTime(),
    answered_move: null,
    answered_by: null,
    answered_note: null,
    answered_at: null,
  }
  await trx.insertInto('decision_sample').values(row).execute()
}

export async function findSample(db: Kysely<Schema>, key: ApplicationKey): Promise<Sample | undefined> {
  const row = await db
    .selectFrom('decision_sample')
    .selectAll()
    .where('account_id', '=', key.accountId)
    .where('application_no', '=', key.applicationNo)
    .executeTakeFirst()
  return row && toSample(row)
}

/** @returns whether nobody was faster */
export async function saveAnswer(
  trx: Transaction<Schema>,
  key: ApplicationKey,
  answer: SampleAnswer,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('decision_sample')
    .set({
      answered_move: answer.move,
      answered_by: answer.by,
      answered_note: answer.note,
      answered_at: answer.at.getTime(),
    })
    .where('account_id', '=', key.accountId)
    .where('application_no', '=', key.applicationNo)
    .where('answered_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Where a list of samples goes on. */
type SampleCursor = ApplicationKey & { at: number }

/** Those that wait for their second review, the oldest first. @param limit how many at the most */
export async function listSamples(
  db: Kysely<Schema>,
  kind: KindName | undefined,
  limit: number,
  after: SampleCursor | undefined,
): Promise<Sample[]> {
  let query = db
    .selectFrom('decision_sample')
    .selectAll()
    .where('answered_at', 'is', null)
    .orderBy('drawn_at')
    .orderBy('account_id')
    .orderBy('application_no')
    .limit(limit)
  if (kind) query = query.where('kind', '=', kind)
  if (after) {
    const { at, accountId, applicationNo } = after
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('drawn_at', 'account_id', 'application_no'), '>', tuple(at, accountId, applicationNo)),
    )
  }
  return (await query.execute()).map(toSample)
}

export interface Agreement {
  kind: KindName
  move: Move
  reasonNo: number | null
  drawn: number
  answered: number
  agreed: number
}

/** How second reviews went of decisions that were drawn since. */
export async function readAgreement(db: Kysely<Schema>, since: Date): Promise<Agreement[]> {
  const rows = await db
    .selectFrom('decision_sample')
    .select(['kind', 'move', 'reason_no'])
    .select(({ fn }) => fn.countAll<number>().as('drawn'))
    .select(({ fn }) => fn.count<number>('answered_at').as('answered'))
    .select(sql<number>`count(case when answered_move = move then 1 end)`.as('agreed'))
    .where('drawn_at', '>=', since.getTime())
    .groupBy(['kind', 'move', 'reason_no'])
    .orderBy('kind')
    .orderBy('move')
    .orderBy('reason_no')
    .execute()
  return rows.map(({ reason_no: reasonNo, drawn, answered, agreed, ...of }) => ({
    ...of,
    reasonNo,
    drawn: Number(drawn),
    answered: Number(answered),
    agreed: Number(agreed),
  }))
}
