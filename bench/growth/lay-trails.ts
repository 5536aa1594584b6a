import {
  chainEntry,
  type EntryRow,
  GENESIS_HASH,
  type TrailEntry,
  type TrailHead,
} from '../../server/src/journal/trail-entry.ts'
import type { Place } from '../../server/test/databases.ts'
import { lay } from '../databases.ts'
import { FIRST_APPLICATION_NO } from '../lay-applications.ts'

/** Rows in one statement. */
const CHUNK = 5000
const AT = new Date('2026-03-02T09:00:00+08:00')
const LICENSE = 'http://127.0.0.1:8080/p/wx0000000000000000/000000000000000000000000000000000000000000'

/** Give each application that was laid an entry of the trail, chained as ours are; there must be no others. */
export async function layTrails(
  place: Place,
  { firstAccountId, accounts, count }: { firstAccountId: number; accounts: number; count: number },
): Promise<void> {
  let rows: EntryRow[] = []
  const heads: TrailHead[] = []
  for (let index = 0; index < accounts; index += 1) {
    let head: TrailHead = { account_id: firstAccountId + index, entry_no: 0, entry_hash: GENESIS_HASH }
    for (let i = index; i < count; i += accounts) {
      const row = chainEntry(head, entryOf(FIRST_APPLICATION_NO + Math.floor(i / accounts)))
      head = { account_id: row.account_id, entry_no: row.entry_no, entry_hash: row.hash }
      rows.push(row)
      if (rows.length === CHUNK) {
        await lay(place, insertOf(rows))
        rows = []
      }
    }
    heads.push(head)
  }
  if (rows.length > 0) await lay(place, insertOf(rows))
  await lay(place, `begin;${heads.map(updateOf).join(';')};commit`)
}

function entryOf(applicationNo: number): TrailEntry {
  const payload = { level1: 10, level2: 20, level3: applicationNo, scene_group_list: [1] }
  const subject = `category:${applicationNo}`
  const detail = { kind: 'category_qualification', subject, payload, pictures: [LICENSE] }
  return { at: AT, actor: 'merchant', action: 'application.submit', applicationNo, detail }
}

function insertOf(rows: readonly EntryRow[]): string {
  const values = rows.map(
    (row) =>
      `(${row.account_id}, ${row.entry_no}, ${row.application_no}, ${row.at}, '${row.actor}', '${row.action}', '${row.detail}', '${row.hash}')`,
  )
  return `insert into audit_entry (account_id, entry_no, application_no, at, actor, action, detail, hash) values ${values}`
}

const updateOf = ({ account_id, entry_no, entry_hash }: TrailHead): string =>
  `update account_journal set entry_no = ${entry_no}, entry_hash = '${entry_hash}' where account_id = ${account_id}`
