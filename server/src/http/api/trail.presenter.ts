import type { ApiTrailEntry, ApiTrailVerification } from '@shenpi/sdk/contract/api'
import type { AccountName } from '../../accounts/account-name.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import type { EntryRow } from '../../journal/trail-entry.ts'
import type { Verification } from '../../journal/verification.store.ts'
import { chinaDay, DAY_MS } from '../../time/china-time.ts'

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

export function toVerification(of: Verification, names: ReadonlyMap<number, AccountName>): ApiTrailVerification {
  const outcome = of.faults.length > 0 ? 'broken' : 'whole'
  return {
    state: of.finishedAt ? outcome : 'running',
    started_at: of.startedAt.toISOString(),
    started_by: of.startedBy,
    finished_at: of.finishedAt?.toISOString() ?? null,
    accounts: of.accounts,
    entries: of.entries,
    installation_entry_no: of.installationEntryNo,
    faults: of.faults.map(({ accountId, entryNo, fault }) => ({
      appid: accountId === null ? null : (names.get(accountId)?.appid ?? null),
      entry_no: entryNo,
      fault,
    })),
  }
}

/** @example 'shenpi-trail-installation-2026-11-28.jsonl' */
export const fileNameOf = (appid: string | undefined, now: Date): string =>
  `shenpi-trail-${appid ?? 'installation'}-${new Date(chinaDay(now) * DAY_MS).toISOString().slice(0, 10)}.jsonl`
