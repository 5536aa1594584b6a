import type { ApiFinding, ApiRequestInFull, ApiRequestRow } from '@shenpi/sdk/contract/api'
import type { Call } from '@shenpi/sdk/contract/call'
import { isProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { wire } from '@shenpi/sdk/contract/wire'
import type { Finding } from '../../problem.ts'
import { errorRow, protocolLine } from '../../requests/documented-lines.ts'
import { toChecks } from '../../requests/explanation.ts'
import type { RequestRecord } from '../../requests/request-record.ts'

type Recorded = Omit<RequestRecord, 'accountId'>

const CALLS = new Map(
  Object.values(wire).flatMap((calls) => Object.values<Call>(calls).map((call) => [call.path, call])),
)

/** @param appid whose it is; null: nobody knew */
export function toRequestRow(record: Recorded, appid: string | null): ApiRequestRow {
  const { problem } = record
  return {
    rid: record.rid,
    at: record.at.toISOString(),
    appid,
    path: record.path,
    cost_ms: record.costMs,
    problem,
    errcode: problem !== null && isProblemCode(problem) ? (problemRow(problem).errcode ?? null) : null,
    check: record.endedAt,
    injected_by: record.injectedBy,
    outcome_by: record.outcomeBy,
  }
}

export function toRequestInFull(record: Recorded, appid: string | null): ApiRequestInFull {
  const call = CALLS.get(record.path)
  // An answer that a rule made tells of no check.
  const isExplained = record.path !== '' && (record.injectedBy === null || record.endedAt !== null)
  return {
    ...toRequestRow(record, appid),
    url: record.url,
    request_body: record.requestBody,
    response_body: record.responseBody,
    client_ip: record.clientIp,
    ahead_ms: record.aheadMs,
    checks: isExplained ? toChecks(record, call?.authorized ?? true) : [],
    rules: record.endedAt === null ? [] : [...(call?.problems ?? [])],
    ...toRefusal(record),
  }
}

type Refusal = Pick<ApiRequestInFull, 'message' | 'findings' | 'meaning' | 'documented'>

function toRefusal({ problem, endedAt, path, findings, responseBody }: Recorded): Refusal {
  const none = { message: null, findings: [], meaning: null, documented: { protocol: null, error: null } }
  if (problem === null || !isProblemCode(problem)) return none
  const found: Finding[] = JSON.parse(findings)
  const error = errorRow(problem)
  const field = found[0]?.path ?? ''
  return {
    message: messageIn(responseBody) ?? problemRow(problem).message,
    findings: found satisfies ApiFinding[],
    meaning: error?.meaning ?? null,
    documented: {
      protocol: protocolLine(endedAt ?? 'rule', { path, problem, field }) ?? null,
      error: error?.row ?? null,
    },
  }
}

/** The text of an answer as the caller read it. */
function messageIn(responseBody: string): string | undefined {
  return /"errmsg":"((?:[^"\\]|\\.)*?) rid: /.exec(responseBody)?.[1]
}
