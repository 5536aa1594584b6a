import { type Kysely, sql } from 'kysely'
import { sharedNow } from '../db/engine.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { toClaim } from './application.store.ts'
import type { Claim } from './application.ts'
import type { ApplicationKey } from './application-id.ts'

interface Claimed extends ApplicationKey {
  actorKey: string
  name: string
  /** Of the machine's time. */
  now: number
  leaseMs: number
}

/** Whether a claim still holds, as a part of a statement. */
export const claimHolds = (db: Kysely<Schema>, now: number) => sql<boolean>`claimed_until > ${sharedNow(db, now)}`

const selectLive = prepared((db, { accountId, applicationNo, now }: ApplicationKey & { now: number }) =>
  db
    .selectFrom('application')
    .select(['claimed_by', 'claimed_name', 'claimed_until'])
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .where('state', '=', sql.lit('under_review'))
    .where(claimHolds(db, now)),
)

/** One conditional update, whose condition decides a race. */
const updateFree = prepared((db, claim: Claimed & { takesOver: number }) => {
  const until = sql<number>`${sharedNow(db, claim.now)} + cast(${claim.leaseMs} as integer)`
  return db
    .updateTable('application')
    .set({ claimed_by: claim.actorKey, claimed_name: claim.name, claimed_until: until })
    .where('account_id', '=', claim.accountId)
    .where('application_no', '=', claim.applicationNo)
    .where('state', '=', sql.lit('under_review'))
    .where('stage', '<>', sql.lit('scheduled'))
    .where(
      sql<boolean>`(claimed_until <= ${sharedNow(db, claim.now)} or claimed_by = ${claim.actorKey} or cast(${claim.takesOver} as integer) = 1)`,
    )
    .returning(['claimed_by', 'claimed_name', 'claimed_until'])
})

const updateReleased = prepared((db, { accountId, applicationNo, actorKey }: ApplicationKey & { actorKey: string }) =>
  db
    .updateTable('application')
    .set({ claimed_by: null, claimed_name: null, claimed_until: 0 })
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .where('claimed_by', '=', actorKey),
)

/** The claim of an application, while it holds. @param now of the machine's time */
export async function findClaim(
  db: Kysely<Schema>,
  { accountId, applicationNo }: ApplicationKey,
  now: number,
): Promise<Claim | null> {
  const [row] = await selectLive(db, { accountId, applicationNo, now })
  return row ? toClaim(row) : null
}

/** Claim an application that is under review and not claimed by others. @returns null when it is */
export async function saveClaim(db: Kysely<Schema>, claim: Claimed, takesOver = false): Promise<Claim | null> {
  const [row] = await updateFree(db, { ...claim, takesOver: takesOver ? 1 : 0 })
  return row ? toClaim(row) : null
}

export async function deleteClaim(db: Kysely<Schema>, key: ApplicationKey & { actorKey: string }): Promise<void> {
  await updateReleased(db, key)
}
