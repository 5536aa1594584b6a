import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ConformanceCase, Story } from 'shenpi-conformance/case'
import { judge } from 'shenpi-conformance/judge/judge'
import { toRequest } from 'shenpi-conformance/judge/to-request'
import type { DatabaseKind } from '../databases.ts'
import { assertRefusal, send } from '../wire/exchange.ts'
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
      test(toSentence(one), async () => {
        if (one.given) await world.make(one.given)
        if (one.errcode === undefined) {
          stored = undefined
          await tell(world, one)
          return
        }
        if (one.given) stored = undefined
        stored ??= await readStored()
        await tell(world, one)
        if (!compareOnce) await assertUnchanged()
      })
    }
    if (compareOnce) test('none of them changed anything', assertUnchanged)
  })
}

/** A case as the name of a test. */
function toSentence({ call, name, errcode }: ConformanceCase): string {
  return errcode === undefined ? `${call.path} answers: ${name}` : `${call.path} refuses with ${errcode}: ${name}`
}

/** Make the request of a case, and hold its answer against what it states and against all that holds for every answer. */
async function tell(world: World, one: ConformanceCase): Promise<void> {
  const { server, members, places } = world
  const token = one.by === null ? undefined : members[one.by ?? 'merchant'].token
  const reply = await send(server, toRequest(one, token, places))
  assert.deepEqual(judge(one, reply, places), [], reply.text)
  if (reply.json.errcode) assertRefusal(server, one.path ? undefined : one.call, reply)
}
