import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { listNewestBatches } from '../../device-batches/device-batch.store.ts'
import type { Services } from '../../services.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

export function deviceBatchesRoutes(serve: ServeEndpoint, { db }: Services): void {
  serve(api.listDeviceBatches, async ({ params, query: { limit = LIMIT, cursor } }) => {
    const { accountId } = await getAccountByAppid(db, params.appid)
    const [before] = cursor ? parseCursor(cursor, 1) : []
    const batches = await listNewestBatches(db, { accountId, before, limit })
    const last = batches.at(limit - 1)
    return {
      items: batches.map(({ applicationNo, firstDeviceId, lastDeviceId, comment, poiId, allocatedAt }) => ({
        application: toApplicationId({ accountId, applicationNo }),
        quantity: lastDeviceId - firstDeviceId + 1,
        first_device_id: firstDeviceId,
        last_device_id: lastDeviceId,
        comment,
        poi_id: poiId || null,
        allocated_at: allocatedAt.toISOString(),
      })),
      next_cursor: last ? toCursor([last.lastDeviceId]) : null,
    }
  })
}
