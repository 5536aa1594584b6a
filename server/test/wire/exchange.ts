import assert from 'node:assert/strict'
import {
  activations,
  categories,
  deviceBatches,
  devices,
  pictures,
  quotas,
  requests,
  shopAudits,
  tokens,
} from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { PROBLEM_CODES, type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { judgeReply } from 'shenpi-conformance/judge/judge'
import { type Reply, send as sendTo, type WireRequest } from 'shenpi-conformance/judge/send'
import type { TestServer } from '../start-server.ts'

export type { WireRequest } from 'shenpi-conformance/judge/send'

/** The calls that tests make with `exchange`; the others have tests of their own. */
export const CALLS: readonly Call[] = [
  ...[tokens, quotas, requests, activations, deviceBatches].flatMap((subject) => Object.values<Call>(subject)),
  devices.deviceSearch,
  pictures.materialAdd,
  pictures.imgUpload,
  categories.catGet,
  categories.auditCategory,
  shopAudits.auditResult,
]

export interface WireReply extends Omit<Reply, 'json'> {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the wire answers
  json: any
}

/** Send a request byte by byte as it is given. */
export const send = (server: TestServer, request: WireRequest & { path: string }): Promise<WireReply> =>
  sendTo(server.url, request)

/** Send a request of a call with an account's token, and check everything that holds for every answer. */
export async function exchange(
  server: TestServer,
  call: Call,
  token: string | undefined,
  request: WireRequest,
): Promise<WireReply> {
  const query = [token && `access_token=${token}`, request.query].filter((part) => part !== undefined).join('&')
  const reply = await send(server, { method: call.methods[0], path: call.path, ...request, ...(query && { query }) })
  // Of another path than its own a call has nothing to say.
  const asked = request.path ? undefined : call
  if (reply.json?.errcode) assertRefusal(server, asked, reply)
  else assert.deepEqual(judgeReply(asked, reply), [], reply.text)
  return reply
}

/**
 * The problem of a refusal, or undefined for an answer. Where several share an errcode, it is the one that the call lists.
 */
export function problemOf({ json }: WireReply, call?: Call): ProblemCode | undefined {
  if (!json?.errcode) return undefined
  const codes = PROBLEM_CODES.filter((code) => problemRow(code).errcode === json.errcode)
  const listed = call ? [...call.problems, ...commonCallProblems(call)] : []
  return codes.find((code) => listed.includes(code)) ?? codes[0]
}

/** Source: docs/protocol/conventions.md, envelopes and rid. */
export function assertRefusal(server: TestServer, call: Call | undefined, reply: WireReply): void {
  assert.deepEqual(judgeReply(call, reply), [], reply.text)
  const code = problemOf(reply, call)
  assert.ok(code, `${reply.text} has an errcode of the catalogue`)
  const rid = / rid: ([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/.exec(reply.json.errmsg)
  assert.ok(rid, `${reply.text} ends in a rid`)
  assert.equal(Number.parseInt(rid[1] as string, 16), Math.floor(server.clock.now().getTime() / 1000))
  // The platform puts the address into this text; ours about sizes and pictures add the value and the limit.
  const text = reply.json.errmsg.slice(0, rid.index).replace(/^invalid ip \S+ ipv6 [^,\s]+/, 'invalid ip')
  const { message } = problemRow(code)
  assert.equal(text.startsWith(`${message}: `) ? message : text, message)
  if (call) {
    const listed = [...call.problems, ...commonCallProblems(call)]
    assert.ok(listed.includes(code), `${call.path} lists ${code} among its problems`)
  }
}
