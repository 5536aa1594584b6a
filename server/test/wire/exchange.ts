import assert from 'node:assert/strict'
import { Agent, request as httpRequest } from 'node:http'

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
import { compile } from '@shenpi/sdk/contract/check'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { PROBLEM_CODES, type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import type { TSchema } from '@sinclair/typebox/type'
import type { TestServer } from '../start-server.ts'
import { strict } from './strict.ts'

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

/** A request as it is sent, without anything added. */
export interface WireRequest {
  /** By default the call's first. */
  method?: string
  /** By default the call's own. */
  path?: string
  /** The arguments of the query, in this order, with an access token spelt out. */
  query?: string
  headers?: Record<string, string>
  /** Text and bytes as they are, a form as multipart, anything else as JSON; undefined is no body. */
  body?: unknown
}

export interface WireReply {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** The raw body. */
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of any shape
  json: any
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Send a request byte by byte; `fetch` would correct its URL and add headers. */
export async function send(server: TestServer, request: WireRequest & { path: string }): Promise<WireReply> {
  const { method = 'POST', path, query, headers = {} } = request
  const { type, bytes } = await encode(request.body)
  const target = query === undefined ? path : `${path}?${query}`
  const { promise, resolve, reject } = Promise.withResolvers<WireReply>()
  const outgoing = httpRequest(server.url, {
    agent,
    method,
    path: target,
    headers: { ...(type && { 'content-type': type }), 'content-length': bytes.length, ...headers },
  })
  outgoing.on('error', reject)
  outgoing.on('response', async (response) => {
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const isJson = response.headers['content-type']?.includes('json') && text
    const json = isJson ? JSON.parse(text) : undefined
    resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json })
  })
  outgoing.end(bytes)
  return await promise
}

async function encode(body: unknown): Promise<{ type?: string; bytes: Buffer }> {
  if (body === undefined) return { bytes: Buffer.alloc(0) }
  if (Buffer.isBuffer(body)) return { bytes: body }
  if (typeof body === 'string') return { bytes: Buffer.from(body) }
  if (body instanceof FormData) {
    const encoded = new Response(body)
    const bytes = Buffer.from(await encoded.arrayBuffer())
    return { type: encoded.headers.get('content-type') ?? '', bytes }
  }
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) }
}

/** Send a request of a call with an account's token, and check everything that holds for every answer. */
export async function exchange(
  server: TestServer,
  call: Call,
  token: string | undefined,
  request: WireRequest,
): Promise<WireReply> {
  const query = [token && `access_token=${token}`, request.query].filter((part) => part !== undefined).join('&')
  const reply = await send(server, { method: call.methods[0], path: call.path, ...request, ...(query && { query }) })
  // The contract of a call says nothing about another path.
  if (reply.json?.errcode) assertRefusal(server, request.path ? undefined : call, reply)
  else assertAnswer(call, reply)
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

/** Source: docs/protocol/conventions.md, answering (W1 to W4). */
export function assertEnvelope({ status, headers, text, json }: WireReply): void {
  assert.equal(status, 200)
  assert.match(String(headers['content-type']), /^application\/json(;|$)/)
  // U+007F may be in a text (RFC 8259, section 7), and JSON has none between texts.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
  assert.doesNotMatch(text, /[\u0000-\u001f]/, 'one line without control characters')
  assert.equal(text, text.trim())
  assert.equal(typeof json, 'object')
}

/** Source: docs/protocol/conventions.md, envelopes and rid. */
export function assertRefusal(server: TestServer, call: Call | undefined, reply: WireReply): void {
  assertEnvelope(reply)
  assert.deepEqual(Object.keys(reply.json).sort(), ['errcode', 'errmsg'])
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

const checks = new Map<Call, TypeCheck<TSchema>>()

/** Source: docs/protocol/conventions.md, envelopes. */
export function assertAnswer(call: Call, reply: WireReply): void {
  assertEnvelope(reply)
  const { errcode, errmsg, ...rest } = reply.json
  if (call.family !== 'token') assert.equal(errcode, 0, reply.text)
  if (call.family === 'token') assert.deepEqual({ errcode, errmsg }, { errcode: undefined, errmsg: undefined })
  if (call.family === 'shop') assert.equal(errmsg, 'ok')
  if (call.family === 'shakearound') {
    assert.equal(errmsg, 'success.')
    assert.deepEqual(Object.keys(rest), ['data'])
  }
  const content = call.family === 'shakearound' ? rest.data : rest
  const check = checks.get(call) ?? compile(strict(call.answer))
  checks.set(call, check)
  if (!check.Check(content)) assert.deepEqual([...check.Errors(content)], [], `the answer of ${call.path}`)
}
