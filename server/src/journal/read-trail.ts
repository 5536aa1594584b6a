import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listInstallationEntries, readInstallation } from './installation.store.ts'
import { findLastEntryNo, listEntries } from './journal.store.ts'
import type { EntryRow } from './trail-entry.ts'

/** Whose trail: an account's, or the installation's own. */
export type TrailOwner = number | undefined

/** Entries in their order, whose numbers lie within `from` and `to`. */
export const readEntries = (db: Kysely<Schema>, owner: TrailOwner, from: number, to: number): Promise<EntryRow[]> =>
  owner === undefined ? listInstallationEntries(db, { from, to }) : listEntries(db, { accountId: owner, from, to })

/** The number of a trail's last entry; 0: it has none. */
export const findLastNo = async (db: Kysely<Schema>, owner: TrailOwner): Promise<number> =>
  owner === undefined ? (await readInstallation(db)).entry_no : await findLastEntryNo(db, owner)

/**
 * The number of the first entry of a time or later, one behind the last where there is none: found by halves, because entries
 * stand in the order of their times, but for clocks that were set back.
 */
export async function findFirstSince(db: Kysely<Schema>, owner: TrailOwner, at: Date, last: number): Promise<number> {
  let low = 1
  let high = last + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [entry] = await readEntries(db, owner, middle, middle)
    if (entry && entry.at >= at.getTime()) high = middle
    else low = middle + 1
  }
  return low
}

/** A period of a trail by the numbers of its entries, both included. */
export interface Period {
  from?: Date | undefined
  /** Not included. */
  to?: Date | undefined
}

/** @returns the numbers of its first and last entry; the last is smaller where there is none */
export async function findRange(db: Kysely<Schema>, owner: TrailOwner, { from, to }: Period) {
  const last = await findLastNo(db, owner)
  return {
    first: from ? await findFirstSince(db, owner, from, last) : 1,
    last: to ? (await findFirstSince(db, owner, to, last)) - 1 : last,
  }
}
