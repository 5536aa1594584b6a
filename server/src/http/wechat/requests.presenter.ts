import type { RequestRecord } from '../../requests/request-record.ts'
import { toUnixSeconds } from '../../time/unix-seconds.ts'

/** A request as openapi/rid/get tells it. */
export const toRequestInfo = (record: RequestRecord) => ({
  invoke_time: toUnixSeconds(record.at),
  cost_in_ms: record.costMs,
  request_url: record.url,
  request_body: record.requestBody,
  response_body: record.responseBody,
  client_ip: record.clientIp,
})
