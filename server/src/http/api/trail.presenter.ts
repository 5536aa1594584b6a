import type { ApiTrailEntry } from '@shenpi/sdk/contract/api'
import { toApplicationId } from '../../applications/application-id.ts'
import type { EntryRow } from '../../journal/trail-entry.ts'

/** @param isWithheld what its writer thought is not shown */
export function toTrailEntry(row: EntryRow, isWithheld: boolean): ApiTrailEntry {
  const { account_id: accountId, application_no: applicationNo } = row
  return {
    entry_no: row.entry_no,
    application: applicationNo === null ? null : toApplicationId({ accountId, applicationNo }),
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    action: row.action,
    detail: isWithheld ? withoutThoughts(JSON.parse(row.detail)) : JSON.parse(row.detail),
    hash: row.hash,
  }
}

const withoutThoughts = ({ note: _, reason: __, ...detail }: Record<string, unknown>) => ({ ...detail, withheld: true })
