import { requests } from '@shenpi/sdk/contract/wire'
import { findRequest } from '../../requests/find-request.ts'
import type { Services } from '../../services.ts'
import { toRequestInfo } from './requests.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function requestsRoutes(serve: ServeCall, services: Services): void {
  serve(requests.ridGet, async ({ account: { accountId }, body: { rid } }) => {
    return { request: toRequestInfo(await findRequest(services, { accountId, rid })) }
  })
}
