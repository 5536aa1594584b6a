import { type CheckResult, REQUEST_CHECKS, type RequestCheck } from '@shenpi/sdk/contract/states'
import type { Finding, Problem } from '../problem.ts'
import type { RequestRecord } from './request-record.ts'

/** What of a record explains how its request was decided. */
export type Decided = Pick<RequestRecord, 'problem' | 'endedAt' | 'findings'>

/** How much is kept of what was found. Unit: characters of each text. */
const TEXT_MAX = 120
const FINDINGS_MAX = 10

/**
 * How a request was decided. It rests on what the deciding told: nothing is run again.
 *
 * @param check the one that it was at; undefined: no call serves it, or a rule of the sandbox made its answer
 */
export function toDecided(
  refused: Problem | undefined,
  { check, injectedBy }: { check?: RequestCheck | undefined; injectedBy?: string | undefined },
): Decided {
  if (!refused) return { problem: null, endedAt: null, findings: '[]' }
  const findings = refused.findings.slice(0, FINDINGS_MAX).map(shorten)
  const unserved = refused.code === 'path.unknown' ? 'path' : 'method'
  const endedAt = check ?? (injectedBy === undefined ? unserved : null)
  return { problem: refused.code, endedAt, findings: JSON.stringify(findings) }
}

const cut = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…`.toWellFormed() : text)

const shorten = (finding: Finding): Finding => ({
  ...finding,
  path: cut(finding.path),
  limit: finding.limit === null ? null : cut(finding.limit),
})

/** Who is known by a token passes these; who says in the body who it is passes the others. */
const WITH_TOKEN: readonly RequestCheck[] = REQUEST_CHECKS.filter((check) => check !== 'appid' && check !== 'secret')
const WITHOUT_TOKEN: readonly RequestCheck[] = [
  'path',
  'method',
  'scheme',
  'body',
  'contract',
  'appid',
  'address',
  'secret',
  'quota',
  'rule',
]

/**
 * The checks of a request in their order, and what became of each. Source: docs/protocol/conventions.md, order of checks.
 *
 * @param authorized whether it is called with a token
 */
export function toChecks(
  { endedAt }: Pick<RequestRecord, 'endedAt'>,
  authorized: boolean,
): { name: RequestCheck; result: CheckResult }[] {
  const order = authorized ? WITH_TOKEN : WITHOUT_TOKEN
  const end = endedAt === null ? order.length : order.indexOf(endedAt)
  return order.map((name, index) => {
    if (index === end) return { name, result: 'refused' }
    return { name, result: index < end ? 'passed' : 'not_reached' }
  })
}
