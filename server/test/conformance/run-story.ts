import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { type ConformanceCase, fill, type Story, titleOf } from 'shenpi-conformance/case'
import type { DatabaseKind } from '../databases.ts'
import { problemOf, type WireReply } from '../wire/exchange.ts'
import { sendCase } from './send-case.ts'
import { storedIn } from './stored.ts'
import { openWorld, type World } from './world.ts'

/**
 * Tell a story in a world of its own.
 *
 * @param compareOnce what is stored is compared behind the last case alone: for thousands of requests that are refused
 *   before anything is looked at
 */
export function runStory({ subject, cases }: Story, kind: DatabaseKind, { compareOnce = false } = {}): void {
  describe(`${subject} on ${kind.name}`, () => {
    let world: World
    let readStored: Awaited<ReturnType<typeof storedIn>>
    /** As it was after the last case, if that was a refusal: then it need not be read again. */
    let stored: Awaited<ReturnType<typeof readStored>> | undefined
    before(async () => {
      world = await openWorld(kind)
      readStored = await storedIn(world)
    })
    after(() => world?.[Symbol.asyncDispose]())
    const assertUnchanged = async () => {
      const now = await readStored()
      assert.deepEqual(now, stored, 'a refusal changes nothing')
      stored = now
    }

    for (const one of cases) {
      test(titleOf(one), async () => {
        if (one.given) await world.make(one.given)
        if (one.errcode === undefined) {
          stored = undefined
          assertAnswered(one, await sendCase(world, one), world.places)
          return
        }
        if (one.given) stored = undefined
        stored ??= await readStored()
        assertRefused(one, await sendCase(world, one))
        if (!compareOnce) await assertUnchanged()
      })
    }
    if (compareOnce) test('none of them changed anything', assertUnchanged)
  })
}

function assertRefused({ call, errcode }: ConformanceCase, reply: WireReply): void {
  assert.equal(reply.json.errcode, errcode, reply.text)
  const problem = problemOf(reply, call)
  assert.ok(problem && problemRow(problem).errcode === errcode)
}

function assertAnswered(
  { call, answer, keep = {} }: ConformanceCase,
  reply: WireReply,
  places: Record<string, unknown>,
): void {
  assert.ok(!reply.json.errcode, reply.text)
  const content = call.family === 'shakearound' ? reply.json.data : reply.json
  if (answer !== undefined) assertHolds(content, fill(answer, places), '')
  for (const [place, path] of Object.entries(keep)) {
    const value = path.split('.').reduce((member, name) => member?.[name], content)
    assert.notEqual(value, undefined, `the answer has ${path}`)
    places[place] = value
  }
}

/** That a value has the members expected, and lists just the items expected. */
function assertHolds(actual: unknown, expected: unknown, path: string): void {
  const isInner = typeof expected === 'object' && expected !== null && typeof actual === 'object' && actual !== null
  if (!isInner) {
    assert.deepEqual(actual, expected, path || 'the answer')
    return
  }
  assert.equal(Array.isArray(actual), Array.isArray(expected), path)
  if (Array.isArray(expected)) assert.equal((actual as unknown[]).length, expected.length, `${path}: how many`)
  for (const [name, value] of Object.entries(expected)) {
    assertHolds((actual as Record<string, unknown>)[name], value, `${path}/${name}`)
  }
}
