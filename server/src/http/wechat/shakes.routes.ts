import { shakes } from '@shenpi/sdk/contract/wire'
import type { Services } from '../../services.ts'
import { getShakeInfo } from '../../shakes/get-shake-info.ts'
import type { ServeCall } from './serve-calls.ts'
import { toWireShakeInfo } from './shakes.presenter.ts'

export function shakesRoutes(serve: ServeCall, services: Services): void {
  serve(shakes.getShakeInfo, async ({ account: { accountId }, body: { ticket, need_poi } }) => {
    // Source: docs/protocol/conventions.md, Reading, R8 and R9.
    const withStore = need_poi === 1 || need_poi === true || need_poi === '1'
    return toWireShakeInfo(await getShakeInfo(services, { accountId, ticket, withStore }))
  })
}
