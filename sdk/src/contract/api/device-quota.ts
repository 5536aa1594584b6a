import type { Static } from '@sinclair/typebox'
import { DEVICE_CEILING_MAX } from '../device-ceiling.ts'
import { byAppid, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import type { ProblemCode } from '../problems.ts'
import { OneOf, Type } from '../schema.ts'
import { BATCH_OUTCOMES, QUOTA_ENTRIES } from '../states.ts'
import { PURPOSE_MAX_LENGTH, STORABLE_WORDS } from '../text.ts'
import { Application } from './applications.ts'

const Quantity = Type.Integer({ minimum: 1, maximum: DEVICE_CEILING_MAX, description: 'Device IDs.' })

const LedgerEntry = Type.Object({
  at: Time,
  application: Type.String(),
  entry: OneOf(QUOTA_ENTRIES, { description: 'A rise of the ceiling, or a batch that was handed out.' }),
  quantity: Quantity,
  text: Type.String({ description: 'The purpose of a rise, the remark of a batch.' }),
  first_device_id: Nullable(Type.Integer()),
  last_device_id: Nullable(Type.Integer()),
})

const DryRun = Type.Object({
  quantity: Quantity,
  outcome: OneOf(BATCH_OUTCOMES, { description: 'What such a batch would be answered now.' }),
  problem: Nullable(Type.Unsafe<ProblemCode>(Type.String({ description: 'Why it would be refused.' }))),
  remaining: Type.Integer({ description: 'What it would leave below the ceiling; negative where it does not fit.' }),
})

const DeviceQuota = Type.Object({
  ceiling: Type.Integer({ description: 'Device IDs that the account may have.' }),
  allocated: Type.Integer({ description: 'Those that it has.' }),
  remaining: Type.Integer(),
  under_review: Nullable(Type.String({ description: 'The open application for more.' })),
  dry_run: Nullable(DryRun),
  ledger: Page(LedgerEntry),
})

export const deviceQuotaEndpoints = {
  getDeviceQuota: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/device-quota',
    access: 'account.read',
    summary: 'Read an account’s device quota and its ledger, the newest entry first; say what a batch would leave',
    params: byAppid,
    query: Type.Object({
      ...paging,
      quantity: Type.Optional(Type.Integer({ ...Quantity, description: 'Tell what a batch of so many would do.' })),
    }),
    answer: DeviceQuota,
    problems: ['account.unknown'],
  }),
  applyForDeviceQuota: endpoint({
    method: 'POST',
    path: '/accounts/{appid}/device-quota',
    access: 'account.change',
    summary: 'Apply for more device IDs than the ceiling allows',
    status: 201,
    params: byAppid,
    body: Type.Object({
      quantity: Type.Integer({ ...Quantity, description: 'How far the ceiling shall rise, in device IDs.' }),
      purpose: Type.String({ minLength: 1, maxLength: PURPOSE_MAX_LENGTH, pattern: STORABLE_WORDS }),
    }),
    answer: Application,
    problems: ['account.unknown', 'device_quota.under_review', 'device_quota.ceiling_too_high'],
  }),
}

export type ApiDeviceQuota = Static<typeof DeviceQuota>
export type ApiLedgerEntry = Static<typeof LedgerEntry>
