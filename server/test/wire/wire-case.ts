import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Call } from '@shenpi/sdk/contract/call'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { DATABASES } from '../databases.ts'
import { type Caller, type Given, openShakeWorld, type ShakeWorld } from './shake-world.ts'

/**
 * One request to the wire and what it is answered. Plain data, so that a table of what the server conforms to can be made
 * from it. A list of cases is a story: each begins where the one before it ended.
 */
export interface WireCase {
  name: string
  call: Call
  /** The merchant when absent. */
  by?: Caller
  /** What is so before, beyond what the cases above left. */
  given?: Given
  request: unknown
  /** It is refused with this, and nothing changes. */
  errcode?: number
  /** Otherwise `data` has these members; without any, it is empty. */
  answer?: Readonly<Record<string, unknown>>
}

/** Everything that these calls could change. */
const TABLES = ['account_journal', 'page', 'device', 'device_page', 'device_group', 'device_group_member'] as const

async function readAll({ server: { services } }: ShakeWorld): Promise<string[]> {
  const rows = TABLES.map((table) => services.db.selectFrom(table).selectAll().execute())
  return (await Promise.all(rows))
    .flat()
    .map((row) => JSON.stringify(row))
    .sort()
}

/**
 * Run the cases in a world of their own on each database.
 *
 * @param calls those that the cases are about: each refusal that they state must have its case
 */
export function runCases(subject: string, calls: readonly Call[], cases: readonly WireCase[]): void {
  test(`every refusal that the calls of ${subject} state has its case`, () => {
    const shown = new Set(cases.map(({ call, errcode }) => `${call.path} ${errcode}`))
    const stated = calls.flatMap(({ path, problems }) =>
      problems.map((problem) => `${path} ${problemRow(problem).errcode}`),
    )
    assert.deepEqual(
      stated.filter((refusal) => !shown.has(refusal)),
      [],
    )
  })

  for (const kind of DATABASES) {
    describe(`${subject} on ${kind.name}`, () => {
      let world: ShakeWorld
      before(async () => {
        world = await openShakeWorld(kind)
      })
      after(() => world[Symbol.asyncDispose]())

      for (const { name, call, by = 'merchant', given, request, errcode, answer = {} } of cases) {
        test(name, async () => {
          if (given) await world.make(given)
          const before = errcode ? await readAll(world) : undefined
          const { status, json } = await world[by].post(call.path, request)
          assert.equal(status, 200)
          if (errcode === undefined) {
            const members = Object.keys(answer).map((member) => [member, json.data?.[member]])
            const data = members.length > 0 ? Object.fromEntries(members) : json.data
            assert.deepEqual({ ...json, data }, { data: answer, errcode: 0, errmsg: 'success.' })
            return
          }
          // Word for word, so that what is unknown and what is another's cannot be told apart.
          const errmsg = String(json.errmsg).replace(/ rid: [0-9a-f-]{26}$/, '')
          assert.deepEqual({ ...json, errmsg }, { errcode, errmsg: messageOf(call, errcode) })
          assert.deepEqual(await readAll(world), before)
        })
      }
    })
  }
}

/** The text of a number: that of the problem which the call states for it. */
function messageOf(call: Call, errcode: number): string {
  const codes: ProblemCode[] = [...call.problems, 'shake.request_invalid']
  const code = codes.find((problem) => problemRow(problem).errcode === errcode)
  assert.ok(code, `${call.path} does not state that it refuses with ${errcode}`)
  return problemRow(code).message
}
