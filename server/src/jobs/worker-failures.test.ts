import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { aWorker, type Job, SILENT } from '../../test/a-worker.ts'
import { until } from '../../test/until.ts'
import { startWorker } from './worker.ts'

describe('a worker whose database fails', () => {
  test('continues after it could not look or claim', async () => {
    let broken = true
    let tried = 0
    const stage = aWorker()
    const { claim, listDue } = stage.queue
    const orBroken = <Result>(work: () => Promise<Result>): Promise<Result> => {
      tried += 1
      return broken ? Promise.reject(new Error('the database is gone')) : work()
    }
    stage.queue.listDue = (after) => orBroken(() => listDue(after))
    stage.queue.claim = (turn) => orBroken(() => claim(turn))
    stage.add(1, 'a1')
    const worker = startWorker(stage.queue, { clock: stage.clock, log: SILENT })
    await until(() => tried > 0)
    broken = false
    worker.wake(1)
    await until(() => stage.running().includes('a1'))
    stage.end('a1')
    await worker.stop()
  })

  test('serves the other accounts when one cannot be claimed, and tells it once', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const turn = () => new Promise(setImmediate)
    const stage = aWorker(8)
    const { claim } = stage.queue
    let failed = 0
    stage.queue.claim = async (of) => {
      if (of.accountId !== 1) return await claim(of)
      failed += 1
      throw new Error('its shard is down')
    }
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line) => void lines.push(line) })
    stage.add(1, 'a1')
    stage.add(2, 'b1')
    const worker = startWorker(stage.queue, { clock: stage.clock, log })
    while (stage.running().length === 0) await turn()
    assert.deepEqual(stage.running(), ['b1'])
    for (const count of [2, 3]) {
      t.mock.timers.tick(1000)
      while (failed < count) await turn()
    }
    assert.equal(lines.length, 1)
    assert.equal(worker.age(), 0)
    stage.end('b1')
    await worker.stop()
  })

  test('asks the accounts that it knows one by one when it cannot look at all, and tells it once', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const turn = () => new Promise(setImmediate)
    const stage = aWorker(8)
    let looks = 0
    stage.queue.listDue = async () => {
      looks += 1
      throw new Error('a shard is down')
    }
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line) => void lines.push(line) })
    const worker = startWorker(stage.queue, { clock: stage.clock, log })
    stage.add(1, 'a1')
    worker.wake(1)
    while (!stage.running().includes('a1')) await turn()
    stage.end('a1')
    await turn()
    stage.add(1, 'a2')
    t.mock.timers.tick(1000)
    while (!stage.running().includes('a2')) await turn()
    assert.deepEqual([looks, lines.length], [2, 1])
    stage.end('a2')
    await worker.stop()
  })

  test('asks page by page the accounts that it never served when it cannot look at all', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const turn = () => new Promise(setImmediate)
    const stage = aWorker(8)
    stage.queue.listDue = async () => {
      throw new Error('a shard is down')
    }
    const pages = new Map([
      [0, [1, 2]],
      [2, [3]],
    ])
    stage.queue.listAccounts = async ({ afterId }) => pages.get(afterId) ?? []
    stage.add(2, 'b1')
    stage.add(3, 'c1')
    const worker = stage.start()
    while (!stage.running().includes('b1')) await turn()
    t.mock.timers.tick(1000)
    while (!stage.running().includes('c1')) await turn()
    t.mock.timers.tick(1000)
    stage.add(1, 'a1')
    while (!stage.running().includes('a1')) {
      t.mock.timers.tick(1000)
      await turn()
    }
    for (const name of stage.running()) stage.end(name)
    await worker.stop()
  })

  test('serves other accounts a second later while a claim hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const turn = () => new Promise(setImmediate)
    const stage = aWorker(8)
    const { claim } = stage.queue
    const answer = Promise.withResolvers<Job[]>()
    const asked = Promise.withResolvers<void>()
    stage.queue.claim = async (of) => {
      if (of.accountId !== 1) return await claim(of)
      asked.resolve()
      return await answer.promise
    }
    stage.add(1, 'a1')
    const worker = startWorker(stage.queue, { clock: stage.clock, log: SILENT })
    await asked.promise
    stage.add(2, 'b1')
    worker.wake(2)
    t.mock.timers.tick(1000)
    while (stage.running().length === 0) await turn()
    assert.deepEqual(stage.running(), ['b1'])
    answer.resolve([])
    stage.end('b1')
    stage.due.length = 0
    await worker.stop()
  })
})
