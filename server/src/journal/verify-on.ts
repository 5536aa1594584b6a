import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { type Actor, actorName } from '../actors/actor.ts'
import type { Schema } from '../db/schema.ts'
import type { Clock } from '../time/clock.ts'
import { changeInstallation } from './change-installation.ts'
import { readInstallation } from './installation.store.ts'
import { listJournals } from './journal.store.ts'
import { readEntries } from './read-trail.ts'
import { AT_BEGIN, type CheckedJournal, Trail } from './trail-chain.ts'
import { findVerification, insertVerification, saveStep, type Verification } from './verification.store.ts'

/** How long a call verifies. Unit: milliseconds of the process. */
const STEP_MS = 1000
/** One that was left is not gone on with later: what it read first may have been changed since. Unit: milliseconds. */
const LEFT_AFTER_MS = 60 * 60_000
/** Entries that are read at once. */
const PAGE = 500
const FAULTS_MAX = 100

interface VerifyParts {
  db: Kysely<Schema>
  clock: Clock
  /** What a step's time is measured by. Default: the clock. */
  elapsed?: () => number
}

/**
 * Verify all trails for about a second, from where the step before ended; of two who verify at the same time one does the step.
 * Its end is told in the installation's trail.
 */
export async function verifyOn(parts: VerifyParts, actor: Actor): Promise<Verification> {
  const { db, clock, elapsed = () => clock.machine() } = parts
  const before = await underWay(parts, actor)
  const walk = new Walk(db, before)
  const ends = elapsed() + STEP_MS
  let hasEnded = false
  while (!hasEnded && elapsed() < ends) {
    hasEnded = !(await walk.takePage())
    // SQLite answers without a pause: a second of it would hold up everybody.
    await setImmediate()
  }
  const finishedAt = hasEnded ? clock.installation() : null
  const after = { ...walk.verification, step: before.step + 1, finishedAt }
  if (!(await saveStep(db, after))) return (await findVerification(db, { hasEnded: false })) ?? (await lastOf(parts))
  if (finishedAt) await tellEnd(parts, after, actor)
  return after
}

async function lastOf({ db }: VerifyParts): Promise<Verification> {
  const last = await findVerification(db, { hasEnded: true })
  if (!last) throw new Error('a verification was taken away while it went on')
  return last
}

/** The one that is under way, or a new one. */
async function underWay({ db, clock }: VerifyParts, actor: Actor): Promise<Verification> {
  const now = clock.installation()
  return await changeInstallation(db, async ({ trx }) => {
    const found = await findVerification(trx, { hasEnded: false })
    if (found && now.getTime() - found.startedAt.getTime() < LEFT_AFTER_MS) return found
    return await insertVerification(trx, {
      startedAt: now,
      startedBy: actorName(actor),
      finishedAt: null,
      step: 0,
      accounts: 0,
      entries: 0,
      installationEntryNo: 0,
      position: { accountId: null, ...AT_BEGIN },
      faults: [],
    })
  })
}

async function tellEnd({ db, clock }: VerifyParts, { accounts, entries, faults }: Verification, actor: Actor) {
  await changeInstallation(db, async ({ append }) => {
    const detail = { accounts, entries, faults: faults.length }
    append({ at: clock.installation(), actor: actorName(actor), action: 'trail.verify', detail })
  })
}

/** Goes through all trails, the installation's first, a page of entries at a time. */
class Walk {
  readonly #db: Kysely<Schema>
  verification: Verification

  constructor(db: Kysely<Schema>, verification: Verification) {
    this.#db = db
    this.verification = verification
  }

  /** @returns whether there was one */
  async takePage(): Promise<boolean> {
    const { accountId, ...followed } = this.verification.position
    const journal = await this.#findJournal(accountId)
    if (!journal) return false
    // In the middle of a trail, or at the begin of the next.
    const trail = new Trail(journal, journal.account_id === accountId ? followed : AT_BEGIN)
    const from = trail.followed.entryNo + 1
    const last = Math.min(journal.entry_no, journal.last_entry_no ?? 0)
    const to = Math.min(from + PAGE - 1, last)
    const entries = from > last ? [] : await readEntries(this.#db, journal.account_id ?? undefined, from, to)
    for (const entry of entries) trail.take(entry)
    this.verification.entries += entries.length
    if (to < last && !trail.fault) {
      this.verification.position = { accountId: journal.account_id, ...trail.followed }
    } else this.#endTrail(journal, trail)
    return true
  }

  #endTrail(journal: CheckedJournal, trail: Trail): void {
    const { verification } = this
    const fault = trail.end()
    if (fault && verification.faults.length < FAULTS_MAX) verification.faults = [...verification.faults, fault]
    if (journal.account_id === null) verification.installationEntryNo = journal.entry_no
    else verification.accounts += 1
    // The next is of the first account behind this one.
    verification.position = { accountId: (journal.account_id ?? 0) + 1, ...AT_BEGIN }
  }

  /** Of the account, or of the first behind it. */
  async #findJournal(accountId: number | null): Promise<CheckedJournal | undefined> {
    if (accountId === null) return { account_id: null, ...(await readInstallation(this.#db)) }
    const [journal] = await listJournals(this.#db, 1, accountId - 1)
    return journal
  }
}
