import type { TrailFaultName } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Followed } from './trail-chain.ts'

/** Verifications that are kept. */
const KEPT = 50

/** A verification of all trails, as far as it has come. */
export interface Verification {
  verificationNo: number
  startedAt: Date
  startedBy: string
  finishedAt: Date | null
  /** Counts up with each step. */
  step: number
  accounts: number
  entries: number
  installationEntryNo: number
  /** Where it goes on. */
  position: VerificationPosition
  faults: readonly { accountId: number | null; entryNo: number; fault: TrailFaultName }[]
}

/** Null: in the installation's own trail, which comes first. */
export type VerificationPosition = Followed & { accountId: number | null }

const toVerification = (row: Selectable<Schema['trail_verification']>): Verification => ({
  verificationNo: row.verification_no,
  startedAt: new Date(row.started_at),
  startedBy: row.started_by,
  finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
  step: row.step,
  accounts: row.accounts,
  entries: row.entries,
  installationEntryNo: row.installation_entry_no,
  position: JSON.parse(row.position),
  faults: JSON.parse(row.faults),
})

/** The newest, of those that have ended, or of those under way. */
export async function findVerification(
  db: Kysely<Schema>,
  { hasEnded }: { hasEnded: boolean },
): Promise<Verification | undefined> {
  const newest = db.selectFrom('trail_verification').selectAll().orderBy('verification_no', 'desc').limit(1)
  const row = await newest.where('finished_at', hasEnded ? 'is not' : 'is', null).executeTakeFirst()
  return row && toVerification(row)
}

const toRow = ({ finishedAt, position, faults, ...verification }: Omit<Verification, 'verificationNo'>) => ({
  finished_at: finishedAt?.getTime() ?? null,
  step: verification.step,
  accounts: verification.accounts,
  entries: verification.entries,
  installation_entry_no: verification.installationEntryNo,
  position: JSON.stringify(position),
  faults: JSON.stringify(faults),
})

/** Old ones, and those that were never ended, make room. */
export async function insertVerification(
  trx: Transaction<Schema>,
  verification: Omit<Verification, 'verificationNo'>,
): Promise<Verification> {
  await trx.deleteFrom('trail_verification').where('finished_at', 'is', null).execute()
  const row = await trx
    .insertInto('trail_verification')
    .values({
      started_at: verification.startedAt.getTime(),
      started_by: verification.startedBy,
      ...toRow(verification),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx
    .deleteFrom('trail_verification')
    .where('verification_no', '<=', row.verification_no - KEPT)
    .execute()
  return toVerification(row)
}

/** @returns whether nobody else took the same step before */
export async function saveStep(db: Kysely<Schema>, verification: Verification): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('trail_verification')
    .set(toRow(verification))
    .where('verification_no', '=', verification.verificationNo)
    .where('step', '=', verification.step - 1)
    .where('finished_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
