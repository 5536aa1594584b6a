import { devices } from '@shenpi/sdk/contract/wire'
import { bindLocation } from '../../devices/bind-location.ts'
import { commentDevice } from '../../devices/comment-device.ts'
import { searchDevices } from '../../devices/search-devices.ts'
import type { Services } from '../../services.ts'
import { toWireDevice } from './devices.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function devicesRoutes(serve: ServeCall, { db, beaconScheme, shakes: { bindings } }: Services): void {
  serve(devices.deviceSearch, async ({ account, body }) => {
    const { devices, total } = await searchDevices(db, { accountId: account.accountId, beaconScheme }, body)
    return { devices: devices.map(toWireDevice), total_count: total }
  })

  serve(devices.deviceUpdate, async ({ account: { accountId }, body }) => {
    await commentDevice(db, { accountId, beaconScheme }, body)
    return {}
  })

  serve(devices.deviceBindLocation, async ({ account, body }) => {
    await bindLocation({ db, bindings }, { account, beaconScheme }, body)
    return {}
  })
}
