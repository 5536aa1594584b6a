import { PLACEMENTS } from '../../db/postgres/placement.ts'
import type { Schema } from '../../db/schema.ts'
import type { QueueTable } from '../../jobs/queue.store.ts'

export type TableName = keyof Schema

const isTable = (name: string): name is TableName => name in PLACEMENTS

/** Of no account, and part of the state: what a reset puts back as it was seeded. */
export const TABLES_OF_ALL = [
  'category',
  'beacon_uuid',
  'device_ledger',
  'bulk_decision',
  'review_reason',
  'review_reason_version',
  'trail_verification',
  'policy_version',
  'calendar_year',
  'due_calendar',
] as const satisfies readonly TableName[]

/**
 * No part of the state: who may come in, what an operator has arranged for themselves, what the installation has promised
 * never to forget, and the snapshots.
 */
const KEPT = [
  'api_key',
  'installation_secret',
  'installation_journal',
  'installation_entry',
  'sandbox_seed',
  'sandbox_snapshot',
  'staff',
  'staff_passkey',
  'staff_recovery_code',
  'staff_session',
  'staff_invitation',
  'failed_sign_in',
  'sign_in_limit',
  'spent_challenge',
  'saved_view',
] as const satisfies readonly TableName[]

const QUEUES: Readonly<Record<QueueTable, true>> = {
  callback_delivery: true,
  application_picture: true,
  scheduled_decision: true,
  sandbox_outcome: true,
}
/** The tables whose rows may be in a worker's hands. */
export const QUEUE_TABLES = Object.keys(QUEUES).filter(isTable)

/** The tables whose rows are an account's, those that others refer to first. */
export type AccountTable = Exclude<TableName, (typeof TABLES_OF_ALL)[number] | (typeof KEPT)[number]>

export const isStateTable = (name: string): name is TableName => STATE_TABLES.some((table) => table === name)

const isOneOf = (names: readonly TableName[], name: TableName) => names.includes(name)
const isOfAccount = (name: TableName): name is AccountTable => !isOneOf(TABLES_OF_ALL, name) && !isOneOf(KEPT, name)

/** Those that others refer to first. */
const TABLES: readonly TableName[] = Object.keys(PLACEMENTS).filter(isTable)

export const ACCOUNT_TABLES: readonly AccountTable[] = TABLES.filter(isOfAccount)

/** Everything that a state is made of. */
export const STATE_TABLES: readonly TableName[] = TABLES.filter((name) => !isOneOf(KEPT, name))
