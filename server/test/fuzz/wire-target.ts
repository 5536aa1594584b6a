import assert from 'node:assert/strict'
import { wire } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { TSchema } from '@sinclair/typebox'
import { judgeReply } from 'shenpi-conformance/judge/judge'
import { assertRefusal, problemOf, type WireReply } from '../wire/exchange.ts'
import type { Asked, Target } from './target.ts'
import { wireRequests, writeWireRequest } from './wire-request.ts'
import type { World } from './world.ts'

/** The shares of calls that others depend on, and of those that cost much. All others have 4. */
const WEIGHTS = new Map<Call, number>([
  [wire.categories.catGet, 2],
  [wire.pictures.imgUpload, 3],
  [wire.pictures.materialAdd, 3],
  [wire.pictures.mediaUploadImg, 3],
  [wire.relations.deviceBindPage, 8],
  [wire.groups.groupAddDevice, 8],
  [wire.groups.groupDeleteDevice, 12],
  [wire.activations.accountRegister, 16],
  [wire.shopAccess.applyScene, 8],
  [wire.stores.updatePoi, 12],
])

/**
 * What a schema refuses that a rule refuses as well, because what is named does not exist or is not the caller's: of these
 * alone a valid request may be told.
 */
const OF_RULES: readonly ProblemCode[] = [
  'device.invalid',
  'page.invalid',
  'page.parameters_invalid',
  'binding.too_many_pages',
  'batch.unknown',
  'group.unknown',
  'store.invalid',
  'store.unknown',
  'store.photo_invalid',
  'ticket.invalid',
  'statistics.range_invalid',
  'industry.invalid',
  'certificate.url_invalid',
  'picture.link_invalid',
  'scene.not_open',
  'scene.not_open_for_brand',
  'audit.unknown',
  'quota.path_unknown',
  'lottery.unknown',
  'lottery.too_many_packets',
  'material.type_invalid',
]

function toTarget(call: Call): Target {
  const ofShape = shapeProblems(call)
  return {
    name: call.path,
    weight: WEIGHTS.get(call) ?? 4,
    request: wireRequests(call),
    write: (request, manner, { token }) => writeWireRequest(call, request, manner, token),
    judge: (world, reply, asked) => judge(call, ofShape, world, reply, asked),
  }
}

/** Refusals that a valid request never gets: it lacks nothing and has the right shape. */
function shapeProblems(call: Call): Set<ProblemCode> {
  const named = new Set<ProblemCode>([
    'body.empty',
    'body.unparsable',
    'body.too_large',
    'path.unknown',
    'token.missing',
  ])
  named.add('method.get_required').add('method.post_required')
  named.add('shake.request_invalid').add('shop.parameter_invalid')
  const collect = (schema: TSchema) => {
    for (const code of [schema.problem, schema.missing, schema.above]) if (code) named.add(code)
    for (const member of Object.values<TSchema>(schema.properties ?? {})) collect(member)
    if (schema.items) collect(schema.items)
  }
  collect(call.request)
  for (const code of OF_RULES) named.delete(code)
  return named
}

function judge(
  call: Call,
  ofShape: ReadonlySet<ProblemCode>,
  world: World,
  reply: WireReply,
  { isValid, isElsewhere, caller }: Asked,
): string {
  if (isElsewhere) {
    assert.deepEqual(judgeReply(undefined, reply), [], reply.text)
    assert.notEqual(problemOf(reply), 'system.unavailable')
    return 'elsewhere'
  }
  if (!reply.json?.errcode) {
    assert.deepEqual(judgeReply(call, reply), [], reply.text)
    world.resources.learn(caller.appid, call.path, reply.json)
    return 'ok'
  }
  assertRefusal(world.server, call, reply)
  const problem = problemOf(reply, call)
  assert.notEqual(problem, 'system.unavailable')
  if (isValid && problem) {
    assert.ok(!ofShape.has(problem), `the request is valid, yet it is refused with ${problem}`)
    if (caller.isSettled) assert.doesNotMatch(problem, /^token\.(invalid|expired)$/, 'the token is good')
  }
  const rid = /[0-9a-f-]{26}$/.exec(reply.json.errmsg)?.[0]
  world.resources.put(caller.appid, 'rid', { rid })
  return String(reply.json.errcode)
}

export const WIRE_TARGETS: readonly Target[] = Object.values(wire).flatMap((calls) =>
  Object.values<Call>(calls).map(toTarget),
)
