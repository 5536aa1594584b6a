import { requests } from '@shenpi/sdk'
import { findRequest } from '../../requests/find-request.ts'
import type { Services } from '../../services.ts'
import type { ServeCall } from './serve-calls.ts'
import { toUnixSeconds } from './unix-time.ts'

export function requestsRoutes(serve: ServeCall, services: Services): void {
  serve(requests.ridGet, async ({ account: { accountId }, body: { rid } }) => {
    const record = await findRequest(services, { accountId, rid })
    return {
      request: {
        invoke_time: toUnixSeconds(record.at),
        cost_in_ms: record.costMs,
        request_url: record.url,
        request_body: record.requestBody,
        response_body: record.responseBody,
        client_ip: record.clientIp,
      },
    }
  })
}
