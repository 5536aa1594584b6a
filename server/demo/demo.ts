import type { Merchant } from './merchant.ts'
import type { Receiver } from './receiver.ts'
import type { Report } from './report.ts'
import type { Staff } from './staff.ts'

/** What the three flows are played with. */
export interface Demo {
  report: Report
  merchant: Merchant
  staff: Staff
  receiver: Receiver
}
