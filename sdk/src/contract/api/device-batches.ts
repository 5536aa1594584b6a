import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'

const DeviceBatch = Type.Object({
  application: Type.String(),
  quantity: Type.Integer(),
  first_device_id: Type.Integer(),
  last_device_id: Type.Integer(),
  comment: Type.String(),
  poi_id: Nullable(Type.Integer({ description: 'The store of its devices.' })),
  allocated_at: Time,
})

export const deviceBatchEndpoints = {
  listDeviceBatches: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/device-batches',
    access: 'account.read',
    summary: 'List the device batches that an account was given, the newest first',
    params: byAppid,
    query: Type.Object(paging),
    answer: Page(DeviceBatch),
    problems: ['account.unknown'],
  }),
}

export type ApiDeviceBatch = Static<typeof DeviceBatch>
