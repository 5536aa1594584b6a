import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { listDevices } from '../../devices/list-devices.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import { toDevice } from './devices.presenter.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

export function devicesRoutes(serve: ServeEndpoint, { db, beaconScheme }: Services): void {
  serve(api.listDevices, async ({ params, query: { limit = LIMIT, cursor, batch, having, q } }) => {
    const { accountId } = await getAccountByAppid(db, params.appid)
    const key = batch === undefined ? undefined : keyOf(batch)
    if (key && key.accountId !== accountId) throw new Problem('batch.unknown')
    if (key && having) throw new Problem('request.malformed', 'having: asked for of the whole account, not of a batch.')
    const [after = 0] = cursor ? parseCursor(cursor, 1) : []
    const asked = { batchNo: key?.applicationNo, having, q }
    const devices = await listDevices(db, { accountId, beaconScheme }, asked, { after, limit })
    const last = devices.at(limit - 1)
    return {
      items: devices.map((device) => toDevice(device, accountId)),
      next_cursor: last ? toCursor([last.deviceId]) : null,
    }
  })
}
