import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { until } from '../../test/until.ts'
import { type Queue, startWorker } from './worker.ts'

const SILENT = pino({ level: 'silent' })

/** A queue in memory whose jobs end when the test says so. */
function aQueue(concurrency: number) {
  const due: string[] = []
  const running = new Map<string, { end: () => void; fail: (error: Error) => void }>()
  const claims: number[] = []
  let most = 0
  const queue: Queue<string> = {
    name: 'test',
    concurrency,
    claim: async (limit) => {
      claims.push(limit)
      return due.splice(0, limit)
    },
    run: async (job) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      running.set(job, { end: resolve, fail: reject })
      most = Math.max(most, running.size)
      await promise.finally(() => running.delete(job))
    },
  }
  return {
    queue,
    due,
    claims,
    running: () => [...running.keys()],
    most: () => most,
    end: (job: string) => running.get(job)?.end(),
    fail: (job: string) => running.get(job)?.fail(new Error('out of order')),
  }
}

describe('a worker', () => {
  test('runs what is due, never more at once than it may, and claims no more than it has room for', async () => {
    const { queue, due, claims, running, most, end } = aQueue(2)
    due.push('a', 'b', 'c', 'd', 'e')
    const worker = startWorker(queue, SILENT)
    await until(() => running().length === 2)
    assert.deepEqual(running(), ['a', 'b'])
    for (const [job, next] of [
      ['a', 'c'],
      ['b', 'd'],
      ['c', 'e'],
    ] as const) {
      end(job)
      await until(() => running().includes(next))
    }
    end('d')
    end('e')
    await worker.stop()
    assert.equal(most(), 2)
    assert.ok(Math.max(...claims) <= 2 && Math.min(...claims) >= 1, claims.join())
  })

  test('looks by itself every second', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { queue, due, claims, running, end } = aQueue(2)
    const worker = startWorker(queue, SILENT)
    const looked = async (times: number) => {
      while (claims.length < times) await new Promise(setImmediate)
    }
    await looked(1)
    await new Promise(setImmediate)
    due.push('late')
    t.mock.timers.tick(999)
    await new Promise(setImmediate)
    assert.equal(claims.length, 1)
    t.mock.timers.tick(1)
    await looked(2)
    await new Promise(setImmediate)
    assert.deepEqual(running(), ['late'])
    end('late')
    await worker.stop()
  })

  test('looks at once when somebody wakes it, even while it is claiming', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { queue, due, claims, running, end } = aQueue(2)
    const first = Promise.withResolvers<void>()
    const claim = queue.claim
    queue.claim = async (limit) => {
      const jobs = await claim(limit)
      if (claims.length === 1) await first.promise
      return jobs
    }
    const worker = startWorker(queue, SILENT)
    due.push('a')
    worker.wake()
    first.resolve()
    while (running().length === 0) await new Promise(setImmediate)
    end('a')
    await worker.stop()
  })

  test('goes on after a job that failed, and runs it again when it is due again', async () => {
    const { queue, due, running, fail, end } = aQueue(1)
    due.push('a')
    const worker = startWorker(queue, SILENT)
    await until(() => running().includes('a'))
    fail('a')
    await until(() => running().length === 0)
    due.push('a')
    worker.wake()
    await until(() => running().includes('a'))
    end('a')
    await worker.stop()
  })

  test('goes on after it could not claim', async () => {
    const { queue, due, running, end } = aQueue(1)
    const { claim } = queue
    let broken = true
    let tried = 0
    queue.claim = async (limit) => {
      tried += 1
      if (broken) throw new Error('the database is gone')
      return claim(limit)
    }
    due.push('a')
    const worker = startWorker(queue, SILENT)
    await until(() => tried > 0)
    broken = false
    worker.wake()
    await until(() => running().includes('a'))
    end('a')
    await worker.stop()
  })

  test('that is stopped takes no more work and waits for what is under way', async () => {
    const { queue, due, claims, running, end } = aQueue(2)
    due.push('a', 'b')
    const worker = startWorker(queue, SILENT)
    await until(() => running().length === 2)
    let stopped = false
    const stop = worker.stop().then(() => {
      stopped = true
    })
    due.push('c')
    const claimed = claims.length
    end('a')
    await until(() => running().length === 1)
    worker.wake()
    await new Promise(setImmediate)
    assert.equal(stopped, false)
    end('b')
    await stop
    assert.equal(claims.length, claimed)
    assert.deepEqual(due, ['c'])
  })
})
