import type { StoredRow, TableRows } from '../../db/sqlite/file-rows.ts'
import { type EntryRow, GENESIS_HASH, hashEntry } from '../../journal/trail-entry.ts'

const TRAIL = 'audit_entry'
const JOURNAL = 'account_journal'

/**
 * Everything of an account as it is under another id. Each entry of its trail names the account in its hash, so that the
 * trail is chained anew.
 */
export function asAccount(state: readonly TableRows[], accountId: number): TableRows[] {
  const rowsOf = (name: string) => state.find(({ table }) => table === name)?.rows ?? []
  if (rowsOf(JOURNAL).some(({ account_id }) => account_id === accountId)) return [...state]
  const trail = chained(rowsOf(TRAIL).map((row) => ({ ...row, account_id: accountId })))
  return state.map(({ table, rows }) => ({
    table,
    rows:
      table === TRAIL
        ? trail
        : rows.map((row) => ({
            ...row,
            account_id: accountId,
            ...(table === JOURNAL && { entry_hash: trail.at(-1)?.hash ?? GENESIS_HASH }),
          })),
  }))
}

function chained(rows: readonly StoredRow[]): StoredRow[] {
  let previous = GENESIS_HASH
  return rows
    .toSorted((a, b) => Number(a.entry_no) - Number(b.entry_no))
    .map((row) => {
      previous = hashEntry(previous, toEntry(row))
      return { ...row, hash: previous }
    })
}

const toEntry = (row: StoredRow): Omit<EntryRow, 'hash'> => ({
  account_id: Number(row.account_id),
  entry_no: Number(row.entry_no),
  application_no: row.application_no === null ? null : Number(row.application_no),
  at: Number(row.at),
  actor: String(row.actor),
  action: String(row.action),
  detail: String(row.detail),
})
