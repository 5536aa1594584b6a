import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { platform, shakearound } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { inDataDir } from '../../src/data-dir.ts'
import { DATABASES } from '../databases.ts'
import { aPicture } from '../factories.ts'
import { CALLS, commonProblems, exchange, problemOf, send, type WireReply } from './exchange.ts'
import { aForm } from './files.ts'
import { anyCallRefusals } from './refusals/any-call.ts'
import { platformRefusals } from './refusals/platform.ts'
import { shakearoundRefusals } from './refusals/shakearound.ts'
import { shopsRefusals } from './refusals/shops.ts'
import { createWorld, MEMBERS, type MemberName, stateOf, type World } from './world.ts'

const REFUSALS = [...anyCallRefusals, ...platformRefusals, ...shakearoundRefusals, ...shopsRefusals]
/** Calls whose own problems are seen in quota.test.ts and rid.test.ts. */
const TESTED_ELSEWHERE: readonly Call[] = [
  platform.clearQuota,
  platform.clearQuotaV2,
  platform.quotaGet,
  platform.ridGet,
]

/** What a server of another policy refuses: seen in device-quota.test.ts. */
const OF_OTHER_POLICIES: readonly ProblemCode[] = ['batch.too_few_active']

for (const kind of DATABASES) {
  describe(`refusals on ${kind.name}`, () => {
    let world: World
    /** What is stored of each account before the first case. */
    const stored = new Map<MemberName, unknown>()
    const seen = new Map<string, Set<ProblemCode>>(CALLS.map(({ path }) => [path, new Set()]))

    before(async () => {
      world = await createWorld(kind)
      for (const name of MEMBERS) stored.set(name, await stateOf(world.server, world[name].accountId))
    })
    after(() => world[Symbol.asyncDispose]())

    const record = (call: Call, reply: WireReply) => {
      const problem = problemOf(reply, call)
      if (problem) seen.get(call.path)?.add(problem)
      return problem
    }

    for (const { call, name, problem, as, request } of REFUSALS) {
      test(`${call.path}: ${name}: ${problem}`, async () => {
        const token = as === null ? undefined : world[as].token
        const reply = await exchange(world.server, call, token, await request(world))
        assert.equal(record(call, reply), problem, reply.text)
        if (as) assert.deepEqual(await stateOf(world.server, world[as].accountId), stored.get(as), 'nothing changed')
      })
    }

    test('the accounts are as they were before all of it', async () => {
      for (const name of MEMBERS) {
        assert.deepEqual(await stateOf(world.server, world[name].accountId), stored.get(name), name)
      }
    })

    test('every refusal has a rid of its own', async () => {
      const ask = () => exchange(world.server, shakearound.accountRegister, world.newcomer.token, { body: {} })
      const replies = await Promise.all(Array.from({ length: 20 }, ask))
      assert.equal(new Set(replies.map(({ json }) => json.errmsg)).size, 20)
    })

    test('a path without a call: path.unknown', async () => {
      const reply = await send(world.server, { path: '/shakearound/device/nothing', body: {} })
      assert.equal(problemOf(reply), 'path.unknown')
    })

    test('a disk that cannot be written: system.unavailable', async () => {
      const { pictures } = inDataDir(world.server.place.dataDir)
      await rm(pictures, { recursive: true })
      await writeFile(pictures, '')
      const { server, newcomer } = world
      const body = aForm(await aPicture({ width: 77, height: 77 }))
      const reply = await exchange(server, shakearound.materialAdd, newcomer.token, { body })
      assert.equal(record(shakearound.materialAdd, reply), 'system.unavailable')
      assert.deepEqual(await stateOf(server, newcomer.accountId), stored.get('newcomer'))
    })

    for (const call of CALLS) {
      test(`${call.path}: every problem that it lists was seen`, () => {
        const anywhere: ProblemCode[] = ['system.unavailable', 'path.unknown', ...OF_OTHER_POLICIES]
        const listed = [...(TESTED_ELSEWHERE.includes(call) ? [] : call.problems), ...commonProblems(call)]
        const expected = listed.filter((code) => !anywhere.includes(code))
        assert.deepEqual(
          expected.filter((code) => !seen.get(call.path)?.has(code)),
          [],
        )
      })
    }
  })
}
