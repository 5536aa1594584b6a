import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** An entry of the audit trail before it is numbered and chained. */
export interface TrailEntry {
  at: Date
  /** Who did it. */
  actor: string
  /** What was done: `noun.verb`. */
  action: string
  /** The application that it was done to, if it was one. */
  applicationNo?: number
  detail: unknown
}

export type EntryRow = Selectable<Schema['audit_entry']>

/** The end of an account's trail, to which the next entry is chained. */
export interface TrailHead {
  account_id: number
  /** The number of the last entry, 0 before the first. */
  entry_no: number
  entry_hash: string
}

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

/** An entry, numbered and chained on. */
export function chainEntry(head: TrailHead, entry: TrailEntry): EntryRow {
  const row = {
    account_id: head.account_id,
    entry_no: head.entry_no + 1,
    application_no: entry.applicationNo ?? null,
    at: entry.at.getTime(),
    actor: entry.actor,
    action: entry.action,
    detail: JSON.stringify(entry.detail),
  }
  return { ...row, hash: hashEntry(head.entry_hash, row) }
}
