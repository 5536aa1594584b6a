import assert from 'node:assert/strict'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { accountEndpoints } from '@shenpi/sdk/contract/api/accounts'
import { categoryEndpoints } from '@shenpi/sdk/contract/api/categories'
import { deliveryEndpoints } from '@shenpi/sdk/contract/api/deliveries'
import { deviceQuotaEndpoints } from '@shenpi/sdk/contract/api/device-quota'
import { miniappCertificateEndpoints } from '@shenpi/sdk/contract/api/miniapp-certificates'
import { queueEndpoints } from '@shenpi/sdk/contract/api/queues'
import { shakeEndpoints } from '@shenpi/sdk/contract/api/shakes'
import { shopAccessEndpoints } from '@shenpi/sdk/contract/api/shop-access'
import { compile } from '@shenpi/sdk/contract/check'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { type TSchema, Type } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import fc from 'fast-check'
import { strict } from 'shenpi-conformance/judge/strict'
import type { WireReply } from '../wire/exchange.ts'
import { API_MEANING } from './meaning.ts'
import type { Outgoing } from './mutation.ts'
import { picks, Reference, reference } from './reference.ts'
import { bodyOf } from './requests.ts'
import type { Asked, Manner, Target } from './target.ts'
import { validValue } from './valid-value.ts'
import type { World } from './world.ts'

interface ApiRequest {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body?: unknown
  /** What If-Match says. */
  version?: unknown
}

/** Staff is quick, phones are shaken often. All others count 4. */
const WEIGHTS = new Map<Endpoint, number>([
  [api.decideApplication, 24],
  [api.shake, 12],
  [api.openShakenPage, 6],
  [api.listAccounts, 1],
  [api.rotateSecret, 1],
  [api.setLimits, 1],
])

/** Their changes would keep an account from calling until the next turn. */
const OF_NEWCOMERS: readonly Endpoint[] = [api.rotateSecret, api.setLimits, api.setAccountState, api.setShopStatus]

function requests(endpoint: Endpoint): fc.Arbitrary<unknown> {
  const { cursor, ...known } = endpoint.query.properties as Record<string, TSchema>
  const none = fc.constant(undefined)
  // A list that a path names (a queue's) has cursors of its own: those of another name are refused.
  const isOne = Object.keys(endpoint.params.properties).length === 0
  const cursors = fc.option(reference(`cursor ${nameOf(endpoint)}`, 'cursor'), { nil: undefined, freq: 2 })
  const query = fc
    .tuple(validValue(Type.Object(known), API_MEANING), cursor && isOne ? cursors : none)
    .map(([rest, from]) => ({ ...Object(rest), ...(from && { cursor: from }) }))
  const body = hasBody(endpoint) ? validValue(bodyOf(endpoint), API_MEANING) : none
  if (endpoint.conditional) return fc.tuple(versions, query, body).map(([of, ...rest]) => toRequest(of, ...rest))
  const meaning = { ...API_MEANING, names: { ...API_MEANING.names, ...namesOf(endpoint) } }
  return fc
    .tuple(validValue(endpoint.params, meaning), query, body)
    .map(([params, ...rest]) => toRequest({ params }, ...rest))
}

const toRequest = (of: object, query: unknown, body: unknown) => ({ ...of, query, ...(body !== undefined && { body }) })

/** An application and the version that it was last seen in. */
const versions = fc
  .tuple(fc.constantFrom('open_application' as const, 'open_application' as const, 'application' as const), picks)
  .map(([kind, pick]) => ({
    params: { id: new Reference(kind, 'id', pick) },
    version: new Reference(kind, 'version', pick),
  }))

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
const hasBody = ({ body }: Endpoint) => body.type !== 'undefined'

/** The resources that parameters of a path name. */
function namesOf(endpoint: Endpoint): Record<string, fc.Arbitrary<unknown>> {
  return {
    appid: reference(OF_NEWCOMERS.includes(endpoint) ? 'newcomer' : 'account', 'appid'),
    id: endpoint.path.startsWith('/deliveries')
      ? reference('delivery', 'id')
      : fc.oneof(reference('application', 'id'), reference('application', 'audit_id')),
  }
}

const toText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()

function write(endpoint: Endpoint, request: unknown, manner: Manner, { server }: World): Outgoing {
  const { params, query, body, version } = Object(request) as Partial<ApiRequest>
  const members = Object.entries(Object(query) as object).filter(([, value]) => value !== null)
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(toText(Object(params)[name])),
  )
  return {
    method: endpoint.method,
    path: `/api/v1${path}`,
    query: new URLSearchParams(Object.fromEntries(members.map(([name, value]) => [name, toText(value)]))).toString(),
    headers: {
      authorization: `Bearer ${server.apiKey}`,
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

function judge(endpoint: Endpoint, answers: TypeCheck<TSchema>, world: World, reply: WireReply, asked: Asked): string {
  const { status, headers, json, text } = reply
  assert.ok(status < 500, 'no error of the server')
  if (asked.isElsewhere) return 'elsewhere'
  if (status < 300) {
    assert.equal(status, endpoint.status)
    assert.match(String(headers['content-type']), /^application\/json(;|$)/)
    if (!answers.Check(json)) assert.deepEqual([...answers.Errors(json)], [], `the answer of ${nameOf(endpoint)}`)
    world.resources.learn(asked.caller.appid, nameOf(endpoint), json)
    if (typeof json.secret === 'string') world.keepSecret(json.appid, json.secret)
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
  if (asked.isValid) {
    assert.ok(!common.includes(code), `the request is valid, yet it is refused with ${code}`)
  }
  return code
}

/**
 * What merchants' data goes through. Those of staff (sign-in, keys, policy, the queue's filters) are not generated yet: they need
 * people and their secrets in the world.
 */
const FUZZED: ReadonlySet<string> = new Set([
  ...Object.keys({
    ...accountEndpoints,
    ...deviceQuotaEndpoints,
    ...shopAccessEndpoints,
    ...miniappCertificateEndpoints,
  }),
  ...Object.keys({ ...categoryEndpoints, ...deliveryEndpoints, ...queueEndpoints, ...shakeEndpoints }),
  'getApplication',
  'decideApplication',
])
const ENDPOINTS = Object.entries<Endpoint>(api).flatMap(([name, endpoint]) => (FUZZED.has(name) ? endpoint : []))

export const API_TARGETS: readonly Target[] = ENDPOINTS.map((endpoint) => {
  const check = compile(strict(endpoint.answer))
  return {
    name: `${endpoint.method} ${endpoint.path}`,
    weight: WEIGHTS.get(endpoint) ?? 4,
    request: requests(endpoint),
    write: (request, manner, _caller, world) => write(endpoint, request, manner, world),
    judge: (world, reply, asked) => judge(endpoint, check, world, reply, asked),
  }
})
