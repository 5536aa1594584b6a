import type { Schema } from '../schema.ts'

/**
 * Where Citus keeps a table: a copy on every node, on the coordinator alone, or in shards by a column. Those by
 * `account_id` stand side by side, so that a transaction of one account is a transaction of one node.
 */
type Placement = 'everywhere' | 'coordinator' | { by: 'account_id' | 'link_key' }

const byAccount = { by: 'account_id' } as const

/** Every table, those that others refer to first. Source: docs/decisions/0026-citus.md. */
export const PLACEMENTS = {
  account: 'everywhere',
  api_key: 'everywhere',
  category: 'everywhere',
  beacon_uuid: 'everywhere',
  installation_secret: 'everywhere',
  // One row that every approval of devices locks: device IDs are handed out once, ever.
  device_ledger: 'coordinator',
  // A row for each of its batches, written with it.
  device_range: 'coordinator',
  // The head of a bulk decision is changed alone, apart from the accounts that it is about.
  bulk_decision: 'coordinator',
  review_reason: 'coordinator',
  review_reason_version: 'coordinator',
  // What staff do that belongs to no account: one writer at a time, and nothing that a transaction of an account asks.
  installation_journal: 'coordinator',
  installation_entry: 'coordinator',
  trail_verification: 'coordinator',
  sandbox_clock: 'coordinator',
  sandbox_seed: 'coordinator',
  sandbox_snapshot: 'coordinator',
  sandbox_outcome_rule: 'coordinator',
  sandbox_fault: 'coordinator',
  sandbox_old_key: 'coordinator',
  policy_version: 'coordinator',
  calendar_year: 'coordinator',
  due_calendar: 'coordinator',
  // Of the staff: changed often, and joined with no account's rows.
  staff: 'coordinator',
  staff_passkey: 'coordinator',
  staff_recovery_code: 'coordinator',
  staff_session: 'coordinator',
  staff_invitation: 'coordinator',
  failed_sign_in: 'coordinator',
  sign_in_limit: 'coordinator',
  spent_challenge: 'coordinator',
  saved_view: 'coordinator',
  account_journal: byAccount,
  callback_setting: byAccount,
  access_token: byAccount,
  application: byAccount,
  application_picture: byAccount,
  decision_day: byAccount,
  application_opinion: byAccount,
  application_note: byAccount,
  scheduled_decision: byAccount,
  sandbox_outcome: byAccount,
  decision_sample: byAccount,
  application_trace: byAccount,
  photo_look: byAccount,
  trace_backlog: byAccount,
  audit_entry: byAccount,
  callback_delivery: byAccount,
  delivery_attempt: byAccount,
  device_quota: byAccount,
  device_batch: byAccount,
  store: byAccount,
  category_grant: byAccount,
  brand_grant: byAccount,
  picture: byAccount,
  // A link is all that the world sends of a picture.
  picture_link: { by: 'link_key' },
  page: byAccount,
  device: byAccount,
  device_page: byAccount,
  device_group: byAccount,
  device_group_member: byAccount,
  shake_count: byAccount,
  lottery: byAccount,
  red_packet: byAccount,
  shop_access: byAccount,
  miniapp_certificate: byAccount,
  account_limit: byAccount,
  api_usage: byAccount,
  quota_reset: byAccount,
  request_record: byAccount,
} as const satisfies Record<keyof Schema, Placement>

/** A table as it was found. */
export interface FoundTable {
  name: string
  /** `noted`: on the coordinator, but among Citus's tables, as it adds those that refer to a reference table. */
  place: 'everywhere' | 'coordinator' | 'noted' | 'shards' | 'otherwise'
  /** Of shards: by which column, and which tables stand side by side. */
  column: string | null
  neighbours: number | null
}

/** What is to be done with a table. */
export type Step =
  | { table: string; to: 'everywhere' }
  /** @property beside the table that it is to stand side by side with; none: it begins a group of its own */
  | { table: string; to: 'shards'; by: string; beside: string | undefined }

/**
 * What is to be done so that every table is where it belongs, in this order.
 *
 * @throws Error in a sentence when a table was placed by hand where it cannot stay
 */
export function planPlacing(tables: readonly FoundTable[]): Step[] {
  const found = new Map(tables.map((table) => [table.name, table]))
  for (const [name, wanted] of Object.entries(PLACEMENTS)) refuseElsewhere(found.get(name), wanted)
  const placed = tables.filter(({ name, column }) => name in PLACEMENTS && column === 'account_id')
  refuseApart(placed)
  let beside = placed[0]?.name
  return Object.entries(PLACEMENTS).flatMap(([table, wanted]): Step[] => {
    const place = found.get(table)?.place
    if (wanted === 'coordinator' || (place !== 'coordinator' && place !== 'noted')) return []
    if (wanted === 'everywhere') return [{ table, to: 'everywhere' }]
    const step: Step = { table, to: 'shards', by: wanted.by, beside: wanted === byAccount ? beside : undefined }
    if (wanted === byAccount) beside ??= table
    return [step]
  })
}

function refuseElsewhere(table: FoundTable | undefined, wanted: Placement): void {
  if (!table || table.place === 'coordinator' || table.place === 'noted') return
  const { name, place, column } = table
  const by = typeof wanted === 'object' ? wanted.by : null
  if (place === (by ? 'shards' : wanted) && column === by) return
  const is = place === 'shards' ? `distributed by ${column}` : place === 'everywhere' ? 'a reference table' : 'placed'
  const belongs = by
    ? `distributed by ${by}`
    : wanted === 'everywhere'
      ? 'a reference table'
      : 'a table of the coordinator alone'
  throw new Error(
    `the table ${name} is ${is} in another way than Shenpi's: it must be ${belongs}. Take it back with undistribute_table, and Shenpi places it. ${UNCHANGED}`,
  )
}

function refuseApart(placed: readonly FoundTable[]): void {
  const [first] = placed
  const apart = placed.find(({ neighbours }) => neighbours !== first?.neighbours)
  if (!first || !apart) return
  throw new Error(
    `the tables ${first.name} and ${apart.name} are not co-located: rows of one account would stand on two nodes. Take one back with undistribute_table, and Shenpi places it. ${UNCHANGED}`,
  )
}

export const UNCHANGED = 'Nothing was changed.'

/** A step in words. */
export const describeStep = (step: Step): string =>
  step.to === 'everywhere' ? `${step.table} on every node` : `${step.table} by ${step.by}`
