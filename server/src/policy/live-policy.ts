import type { Kysely } from 'kysely'
import type { Cache, Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import { BUILT_IN_CALENDAR, type Calendar, withYears } from '../time/working-days.ts'
import { findPolicyVersion, listCalendarYears } from './policy.store.ts'
import { type Policy, type PolicyName, policyIn } from './policy.ts'

/** What the environment says of the policy. */
export interface GivenPolicy {
  first: Policy
  pinned: readonly PolicyName[]
}

/** The policy and the calendar as this server read them last: staff change them while servers run. */
export class LivePolicy implements Cache {
  readonly #db: Kysely<Schema>
  readonly given: GivenPolicy
  #current: Policy
  #calendar: Calendar = BUILT_IN_CALENDAR
  #reads = 0

  constructor(db: Kysely<Schema>, given: GivenPolicy, caches: Caches) {
    this.#db = db
    this.given = given
    this.#current = given.first
    caches.register(this)
  }

  empty(): Promise<void> {
    return this.refresh()
  }

  get current(): Policy {
    return this.#current
  }

  get calendar(): Calendar {
    return this.#calendar
  }

  /** Read them again: every three seconds, and after a change by this server. */
  async refresh(): Promise<void> {
    this.#reads += 1
    const read = this.#reads
    // One after the other: at a start each more at once opens a connection to PostgreSQL.
    const newest = await findPolicyVersion(this.#db)
    const years = await listCalendarYears(this.#db)
    // Of two reads the one that began later counts, whichever ends last.
    if (read !== this.#reads) return
    const { first, pinned } = this.given
    this.#current = policyIn(first, pinned, newest?.settings ?? {})
    this.#calendar = withYears(BUILT_IN_CALENDAR, years)
  }
}
