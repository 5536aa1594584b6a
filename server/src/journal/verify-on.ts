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
import type { EntryRow } from './trail-entry.ts'
import { findVerification, insertVerification, saveStep, type Verification } from './verification.store.ts'

/** How long a call verifies. Unit: milliseconds of the process. */
const STEP_MS = 1000
/** One that was left is not gone on with later: what it read first may have been changed since. Unit: milliseconds. */
const LEFT_AFTER_MS = 60 * 60_000
/** Entries that are read at once. */
const PAGE = 500
/** Accounts whose entries are read at once, where they have few. */
const TOGETHER = 16
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

/** Entries of a trail that are read at once. */
interface Part {
  journal: CheckedJournal
  trail: Trail
  from: number
  to: number
  /** Up to which it is verified. */
  last: number
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
    const parts = await this.#nextParts()
    const pages = await Promise.all(
      parts.map(({ journal, from, to }) => readEntries(this.#db, journal.account_id ?? undefined, from, to)),
    )
    for (const [index, part] of parts.entries()) this.#take(part, pages[index] ?? [])
    return parts.length > 0
  }

  #take({ journal, trail, to, last }: Part, entries: readonly EntryRow[]): void {
    for (const entry of entries) trail.take(entry)
    this.verification.entries += entries.length
    if (to < last && !trail.fault) {
      this.verification.position = { accountId: journal.account_id, ...trail.followed }
    } else this.#endTrail(journal, trail)
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

  /** The trail that was read last goes on, or the next begin: as many as together are no more than a page. */
  async #nextParts(): Promise<Part[]> {
    const { accountId, ...followed } = this.verification.position
    const journals = await this.#findJournals(accountId)
    const parts: Part[] = []
    for (let room = PAGE; room > 0; ) {
      const journal = journals[parts.length]
      if (!journal) break
      const trail = new Trail(journal, journal.account_id === accountId ? followed : AT_BEGIN)
      const from = trail.followed.entryNo + 1
      const last = Math.min(journal.entry_no, journal.last_entry_no ?? 0)
      const to = Math.min(from + room - 1, last)
      parts.push({ journal, trail, from, to, last })
      room -= Math.max(1, to - from + 1)
    }
    return parts
  }

  /** Of the installation, or of the account and of those behind it. */
  async #findJournals(accountId: number | null): Promise<CheckedJournal[]> {
    if (accountId === null) return [{ account_id: null, ...(await readInstallation(this.#db)) }]
    return await listJournals(this.#db, TOGETHER, accountId - 1)
  }
}
