import assert from 'node:assert/strict'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { compile } from '@shenpi/sdk/contract/check'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { isOfSandbox } from '@shenpi/sdk/contract/permissions'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { type TSchema, Type } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import { strict } from 'shenpi-conformance/judge/strict'
import type { WireReply } from '../wire/exchange.ts'
import { type ApiRequest, apiRequests, nameOf, OF_LEAVERS } from './api-request.ts'
import type { Outgoing } from './mutation.ts'
import type { Asked, Manner, Target } from './target.ts'
import type { Caller, World } from './world.ts'

/** Staff is quick, phones are shaken often. All others count 4. */
const WEIGHTS = new Map<Endpoint, number>([
  [api.decideApplication, 24],
  [api.shake, 12],
  [api.openShakenPage, 6],
  [api.listAccounts, 1],
  [api.exportApplications, 1],
  [api.rotateSecret, 1],
  [api.setLimits, 1],
  [api.signOut, 1],
  [api.endOtherSessions, 1],
  [api.changeRoles, 1],
  [api.deactivateStaff, 1],
  [api.reactivateStaff, 1],
  [api.resetStaff, 1],
  [api.loadCalendarYear, 1],
  [api.createBulkDecision, 8],
  [api.undoDecision, 8],
  [api.undoBulkDecision, 8],
  [api.changePolicy, 2],
  // Each hashes a password.
  [api.signInWithPassword, 1],
  [api.acceptInvitation, 1],
  [api.changeOwnPassword, 1],
])

const toText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()

/** A key, or a session as a browser at the machine itself has it; nothing where the endpoint is for everybody. */
function credentialsOf(
  endpoint: Endpoint,
  bySession: unknown,
  { pick }: Caller,
  { server, people }: World,
): Record<string, string> {
  const host = `localhost:${new URL(server.url).port}`
  if (endpoint.access === 'public') return { host }
  if (endpoint.access !== 'signed_in' && bySession !== true) return { authorization: `Bearer ${server.apiKey}` }
  const token = people.session(pick, OF_LEAVERS.includes(endpoint))
  return { host, cookie: `shenpi=${token}`, 'sec-fetch-site': 'same-origin' }
}

function write(endpoint: Endpoint, request: unknown, manner: Manner, caller: Caller, world: World): Outgoing {
  const { params, query, body, version, bySession } = Object(request) as Partial<ApiRequest>
  const members = Object.entries(Object(query) as object).filter(([, value]) => value !== null)
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(toText(Object(params)[name])),
  )
  return {
    method: endpoint.method,
    path: `/api/v1${path}`,
    query: new URLSearchParams(Object.fromEntries(members.map(([name, value]) => [name, toText(value)]))).toString(),
    headers: {
      ...credentialsOf(endpoint, bySession, caller, world),
      ...(body !== undefined && {
        'content-type': manner.tokenFirst ? 'application/json' : 'application/json; charset=utf-8',
      }),
      ...(version !== undefined && { 'if-match': `"${toText(version).replace(/[^ -~]/g, '?')}"` }),
    },
    body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
  }
}

/** A refusal of the native API. Source: RFC 9457; docs/errors.md. */
const Refusal = compile(
  strict(
    Type.Object({
      type: Type.String(),
      title: Type.String(),
      status: Type.Integer(),
      code: Type.String(),
      detail: Type.Optional(Type.String()),
      // What stands in the way of a decision.
      application: Type.Optional(Type.Unknown()),
      claim: Type.Optional(Type.Unknown()),
      scheduled: Type.Optional(Type.Unknown()),
      items: Type.Optional(Type.Unknown()),
    }),
  ),
)

/** A file has one of two forms. */
function mediaTypeOf({ produces = 'application/json' }: Endpoint): RegExp {
  const isFile = produces === 'text/csv'
  return isFile ? /^(text\/csv|application\/vnd\.openxml)/ : new RegExp(`^${produces.replace('*', '.+')}(;|$)`)
}

function judge(endpoint: Endpoint, answers: TypeCheck<TSchema>, world: World, reply: WireReply, asked: Asked): string {
  const { status, headers, json, text } = reply
  assert.ok(status < 500, 'no error of the server')
  if (asked.isElsewhere) return 'elsewhere'
  if (status < 300) {
    assert.equal(status, endpoint.status)
    assert.match(String(headers['content-type']), mediaTypeOf(endpoint))
    if (!answers.Check(json)) assert.deepEqual([...answers.Errors(json)], [], `the answer of ${nameOf(endpoint)}`)
    world.resources.learn(asked.caller.appid, nameOf(endpoint), json)
    if (typeof json?.secret === 'string') world.keepSecret(json.appid, json.secret)
    const answer = world.people.answer(json)
    if (answer) {
      const { kind, credential } = answer
      world.resources.put(asked.caller.appid, kind, { challenge: json.challenge, credential })
    }
    return 'ok'
  }
  assert.match(String(headers['content-type']), /^application\/problem\+json(;|$)/)
  if (!Refusal.Check(json)) assert.deepEqual([...Refusal.Errors(json)], [], text)
  const code = json.code as ProblemCode
  const { status: stated, message } = problemRow(code)
  assert.deepEqual([status, json.status, json.title], [stated, stated, message])
  const common = commonEndpointProblems(endpoint)
  const isListed = endpoint.problems.includes(code) || common.includes(code)
  assert.ok(isListed, `${nameOf(endpoint)} lists ${code} among its problems`)
  if (asked.isValid && !(code === 'session.ended' && OF_LEAVERS.includes(endpoint))) {
    assert.ok(!common.includes(code), `the request is valid, yet it is refused with ${code}`)
  }
  return code
}

function toTarget(endpoint: Endpoint): Target {
  const check = compile(strict(endpoint.answer))
  return {
    name: `${endpoint.method} ${endpoint.path}`,
    weight: WEIGHTS.get(endpoint) ?? 4,
    request: apiRequests(endpoint),
    write: (request, manner, caller, world) => write(endpoint, request, manner, caller, world),
    judge: (world, reply, asked) => judge(endpoint, check, world, reply, asked),
  }
}

/** What a sandbox alone has: it sets clocks, breaks answers and puts back another state under everybody who calls. */
const isPower = ({ access }: Endpoint): boolean => isOfSandbox(access)

const ENDPOINTS = Object.values<Endpoint>(api)
export const API_TARGETS: readonly Target[] = ENDPOINTS.filter((endpoint) => !isPower(endpoint)).map(toTarget)
export const POWER_TARGETS: readonly Target[] = ENDPOINTS.filter(isPower).map(toTarget)
