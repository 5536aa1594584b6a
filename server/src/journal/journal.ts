import { hash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Schema } from '../db/schema.ts'

/** What an audit entry says, before it is numbered and chained. */
export interface AuditEntry {
  at: Date
  /** Who did it. */
  actor: string
  /** What was done: `noun.verb`. */
  action: string
  applicationNo: number | null
  detail: unknown
}

type JournalRow = Selectable<Schema['account_journal']>
type EntryRow = Selectable<Schema['audit_entry']>

/** The hash before the first entry. */
export const GENESIS_HASH = '0'.repeat(64)

/** The hash of an entry: over the entry before and every column of its own. */
export function hashEntry(previous: string, entry: Omit<EntryRow, 'hash'>): string {
  const text = JSON.stringify([
    previous,
    entry.account_id,
    entry.entry_no,
    entry.application_no,
    entry.at,
    entry.actor,
    entry.action,
    entry.detail,
  ])
  return hash('sha256', text)
}

const lockRow = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('account_journal').selectAll().where('account_id', '=', accountId).forUpdate(),
)

const updateRow = prepared((db, row: JournalRow) =>
  db
    .updateTable('account_journal')
    .set({
      application_no: row.application_no,
      entry_no: row.entry_no,
      delivery_no: row.delivery_no,
      entry_hash: row.entry_hash,
      event_time: row.event_time,
      page_no: row.page_no,
      group_no: row.group_no,
      poi_no: row.poi_no,
      brand_no: row.brand_no,
    })
    .where('account_id', '=', row.account_id),
)

const insertEntry = prepared((db, row: EntryRow) =>
  db.insertInto('audit_entry').values({
    account_id: row.account_id,
    entry_no: row.entry_no,
    application_no: row.application_no,
    at: row.at,
    actor: row.actor,
    action: row.action,
    detail: row.detail,
    hash: row.hash,
  }),
)

/**
 * One account's journal within a transaction: it numbers the account's applications, deliveries, pages and groups and
 * chains its audit trail. Opening it locks it, so that an account's writes happen one after another.
 */
export class Journal {
  readonly #trx: Transaction<Schema>
  readonly #row: JournalRow
  /** Whether the row is as it stands in the database. */
  #isWritten = true

  private constructor(trx: Transaction<Schema>, row: JournalRow) {
    this.#trx = trx
    this.#row = { ...row }
  }

  static async open(trx: Transaction<Schema>, accountId: number): Promise<Journal> {
    const [row] = await lockRow(trx, { accountId })
    if (!row) throw new Error(`account ${accountId} has no journal`)
    return new Journal(trx, row)
  }

  nextApplicationNo(): number {
    return this.#next('application_no')
  }

  nextDeliveryNo(): number {
    return this.#next('delivery_no')
  }

  nextPageId(): number {
    return this.#next('page_no')
  }

  nextGroupId(): number {
    return this.#next('group_no')
  }

  nextPoiNo(): number {
    return this.#next('poi_no')
  }

  nextBrandNo(): number {
    return this.#next('brand_no')
  }

  /** The last number that a delivery was given. */
  get lastDeliveryNo(): number {
    return this.#row.delivery_no
  }

  #next(counter: Exclude<keyof JournalRow, 'entry_hash'>): number {
    this.#isWritten = false
    this.#row[counter] += 1
    return this.#row[counter]
  }

  /** Note the time of an event, in Unix seconds. @returns whether every event before has an earlier one */
  noteEventTime(unixSeconds: number): boolean {
    if (unixSeconds <= this.#row.event_time) return false
    this.#isWritten = false
    this.#row.event_time = unixSeconds
    return true
  }

  /** Append an entry to the audit trail. */
  async append(entry: AuditEntry): Promise<void> {
    const row = {
      account_id: this.#row.account_id,
      entry_no: this.#row.entry_no + 1,
      application_no: entry.applicationNo,
      at: entry.at.getTime(),
      actor: entry.actor,
      action: entry.action,
      detail: JSON.stringify(entry.detail),
    }
    const hash = hashEntry(this.#row.entry_hash, row)
    this.#isWritten = false
    this.#row.entry_no = row.entry_no
    this.#row.entry_hash = hash
    await insertEntry(this.#trx, { ...row, hash })
  }

  /** Write the counters back, if they changed: the last thing that a transaction does with a journal. */
  async close(): Promise<void> {
    if (this.#isWritten) return
    this.#isWritten = true
    await updateRow(this.#trx, this.#row)
  }
}

export async function insertJournal(trx: Transaction<Schema>, accountId: number): Promise<void> {
  await trx
    .insertInto('account_journal')
    .values({
      account_id: accountId,
      application_no: 0,
      entry_no: 0,
      delivery_no: 0,
      entry_hash: GENESIS_HASH,
      event_time: 0,
    })
    .execute()
}
