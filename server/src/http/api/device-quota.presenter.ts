import type { ApiLedgerEntry } from '@shenpi/sdk/contract/api'
import { toApplicationId } from '../../applications/application-id.ts'
import type { LedgerEntry } from '../../device-quota/quota-ledger.store.ts'

export function toLedgerEntry(entry: LedgerEntry): ApiLedgerEntry {
  return {
    at: entry.at.toISOString(),
    application: toApplicationId(entry),
    entry: entry.entry,
    quantity: entry.quantity,
    text: entry.text,
    first_device_id: entry.firstDeviceId,
    last_device_id: entry.lastDeviceId,
  }
}
