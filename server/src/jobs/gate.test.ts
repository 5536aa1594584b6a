import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { problem } from '../../test/problem.ts'
import { Gate, throughGate } from './gate.ts'

const nothing = async () => {}

describe('a gate', () => {
  test('lets nobody in while somebody is alone, and nobody be alone while somebody is inside', async () => {
    const gate = new Gate()
    const told: string[] = []
    const inside = Promise.withResolvers<void>()
    const first = gate.run('request', undefined, async () => {
      await inside.promise
      told.push('first')
    })
    let second: Promise<void> | undefined
    const hurry = () => {
      second ??= gate.run('request', undefined, async () => void told.push('second'))
      inside.resolve()
    }
    await gate.alone(undefined, hurry, async () => void told.push('alone'))
    await Promise.all([first, second])
    assert.deepEqual(told, ['first', 'alone', 'second'])
  })

  test('keeps one account’s work out and lets that of others, and all requests, through', async () => {
    const gate = new Gate()
    const told: string[] = []
    await gate.alone(
      1,
      () => {},
      async () => {
        const own = gate.run('work', 1, async () => void told.push('own'))
        await gate.run('work', 2, async () => void told.push('another’s'))
        await gate.run('request', undefined, async () => void told.push('request'))
        told.push('alone')
        void own
      },
    )
    await gate.run('work', 1, nothing)
    assert.deepEqual(told, ['another’s', 'request', 'alone', 'own'])
  })

  test('says that it is busy when somebody does not come out, and opens again', async (t) => {
    const gate = new Gate()
    const inside = Promise.withResolvers<void>()
    const hanging = gate.run('request', undefined, () => inside.promise)
    t.mock.method(performance, 'now', jumping())
    await assert.rejects(
      gate.alone(undefined, () => {}, nothing),
      problem('sandbox.busy'),
    )
    await gate.run('request', undefined, nothing)
    inside.resolve()
    await hanging
  })

  test('lets go of a job that was claimed before the state of its account was exchanged', async () => {
    const { gate, steps, run } = gatedJobs()
    const jobs = [
      ...(await steps.claim({ accountId: 1, limit: 1 })),
      ...(await steps.claim({ accountId: 2, limit: 1 })),
    ]
    await gate.alone(1, () => {}, nothing)
    for (const job of jobs) await steps.run(job)
    assert.deepEqual(run, [2])
  })

  test('runs a job whose claim waited while the state of its account was exchanged', async () => {
    const { gate, steps, run } = gatedJobs()
    let claimed: ReturnType<typeof steps.claim> | undefined
    await gate.alone(
      1,
      () => {},
      async () => {
        claimed = steps.claim({ accountId: 1, limit: 1 })
      },
    )
    for (const job of (await claimed) ?? []) await steps.run(job)
    assert.deepEqual(run, [1])
  })
})

/** A clock that is seconds later each time it is asked. */
function jumping() {
  let now = 0
  return () => (now += 6000)
}

/** Jobs that are claimed and run through a gate, and whose they were that ran. */
function gatedJobs() {
  const gate = new Gate()
  const run: number[] = []
  const steps = throughGate(gate, {
    claim: async ({ accountId }) => [{ accountId }],
    run: async ({ accountId }) => void run.push(accountId) as undefined,
  })
  return { gate, steps, run }
}
