import type { Generated } from 'kysely'
import type { Fixed, Json, Time } from './columns.ts'

/** The tables of what belongs to no account: whom staff let in, what they decided for all. */
export interface InstallationTables {
  api_key: {
    key_hash: Fixed<string>
    created_at: Fixed<Time>
    name: Fixed<string>
    /** JSON array. */
    roles: Generated<Json>
    created_by: Generated<string>
    ends_at: Time | null
    last_used_at: Time | null
    revoked_at: Time | null
  }
  /** One row: the head of the trail of what belongs to no account. Its lock orders these changes. */
  installation_journal: {
    journal_id: Fixed<1>
    entry_no: number
    entry_hash: string
  }
  installation_entry: {
    entry_no: Fixed<number>
    at: Fixed<Time>
    actor: Fixed<string>
    action: Fixed<string>
    detail: Fixed<Json>
    hash: Fixed<string>
  }
  /** Verifications of all trails; one goes on where its last step ended. */
  trail_verification: {
    verification_no: Generated<number>
    started_at: Fixed<Time>
    started_by: Fixed<string>
    finished_at: Time | null
    /** Counts up with each step: of two who take one at the same time one is late. */
    step: number
    accounts: number
    entries: number
    /** How far the installation's own trail goes, as it was verified. */
    installation_entry_no: number
    /** JSON: after which entry of which trail it goes on. */
    position: Json
    /** JSON array. */
    faults: Json
  }
  /** The clocks of a sandbox that are set: of accounts, and of the server as account 0. */
  sandbox_clock: {
    account_id: number
    offset_ms: number
    frozen_at: Time | null
  }
  /** Rules of faults: those of an account, and those for all as account 0. */
  sandbox_fault: {
    account_id: number
    name: string
    /** In which order rules are looked at. */
    position: number
    /** JSON: what it matches, and what it does. */
    rule: string
    ends_at: Time
    seen: number
    hits: number
  }
  /** The key of an account's callbacks before the last change. */
  sandbox_old_key: {
    account_id: number
    encoding_aes_key: string
  }
  /** How often a sandbox has started with a seed: each start draws another sequence. */
  sandbox_seed: {
    /** SHA-256, hex. */
    seed_hash: string
    starts: number
  }
  /** How a sandbox stood: an account, or everything. */
  sandbox_snapshot: {
    name: string
    appid: string | null
    taken_at: Time
    bytes: number
    /** JSON: how much was drawn of each sequence of chance. */
    drawn: Json
    /** The name of the file that holds it; null where `content` does. */
    file: string | null
    /** JSON: rows by table. */
    content: Json | null
  }
  /** What was changed of the policy; the newest version counts. */
  policy_version: {
    version: Fixed<number>
    /** JSON: only what differs from the first values. */
    settings: Fixed<Json>
    at: Fixed<Time>
    actor: Fixed<string>
    reason: Fixed<string>
  }
  /** Official holidays of a year that were loaded later than the program was made. */
  calendar_year: {
    year: number
    days: Json
    loaded_at: Time
  }
  /** One row: by which calendar the due times of open applications were computed. */
  due_calendar: {
    row_id: Fixed<1>
    calendar_hash: string
    computed_at: Time
  }
}
