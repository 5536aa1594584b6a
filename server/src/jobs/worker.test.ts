import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { aWorker, SILENT, SLOW } from '../../test/a-worker.ts'
import { until } from '../../test/until.ts'
import { startWorker } from './worker.ts'

describe('a worker', () => {
  test('runs due jobs, and claims no more than it has places for', async () => {
    const { start, add, claims, running, most, end } = aWorker(2)
    add(1, 'a1', 'a2', 'a3')
    add(2, 'b1', 'b2')
    const worker = start()
    await until(() => running().length === 2)
    assert.deepEqual(running(), ['a1', 'b1'])
    for (const [job, next] of [
      ['a1', 'a2'],
      ['a2', 'a3'],
      ['b1', 'b2'],
    ] as const) {
      end(job)
      await until(() => running().includes(next))
    }
    end('a3')
    end('b2')
    await worker.stop()
    assert.equal(most(), 2)
    assert.ok(Math.max(...claims) <= 2 && Math.min(...claims) >= 1, claims.join())
  })

  test('looks for due jobs every second by itself', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const { start, add, claims, running, end } = aWorker()
    add(1, 'early')
    const worker = start()
    const turn = () => new Promise(setImmediate)
    while (running().length === 0) await turn()
    end('early')
    while (running().length > 0) await turn()
    await turn()
    const claimed = claims.length
    add(1, 'late')
    t.mock.timers.tick(999)
    await turn()
    assert.equal(claims.length, claimed)
    t.mock.timers.tick(1)
    while (running().length === 0) await turn()
    assert.deepEqual(running(), ['late'])
    end('late')
    await worker.stop()
  })

  test('looks at once when somebody wakes it, even while it is claiming', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const stage = aWorker()
    const { queue, add, running, end } = stage
    const asked = Promise.withResolvers<void>()
    const first = Promise.withResolvers<void>()
    const { claim } = queue
    queue.claim = async (turn) => {
      const jobs = await claim(turn)
      asked.resolve()
      await first.promise
      return jobs
    }
    const worker = startWorker(queue, { clock: stage.clock, log: SILENT })
    worker.wake(1)
    await asked.promise
    add(2, 'b1')
    worker.wake(2)
    first.resolve()
    while (running().length === 0) await new Promise(setImmediate)
    assert.deepEqual(running(), ['b1'])
    end('b1')
    await worker.stop()
  })

  test('looks again when it is woken for an account whose jobs it is claiming', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const { queue, clock, add, running, end } = aWorker()
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    const { claim } = queue
    queue.claim = async (turn) => {
      const jobs = await claim(turn)
      asked.resolve()
      await answered.promise
      return jobs
    }
    const worker = startWorker(queue, { clock, log: SILENT })
    worker.wake(1)
    await asked.promise
    add(1, 'a1')
    worker.wake(1)
    answered.resolve()
    while (running().length === 0) await new Promise(setImmediate)
    end('a1')
    await worker.stop()
  })

  test('continues after a failed job, and runs it again when it is due again', async () => {
    const { start, add, running, fail, end } = aWorker(1)
    add(1, 'a1')
    const worker = start()
    await until(() => running().includes('a1'))
    fail('a1')
    await until(() => running().length === 0)
    add(1, 'a1')
    worker.wake(1)
    await until(() => running().includes('a1'))
    end('a1')
    await worker.stop()
  })

  test('writes few lines a second, however many jobs fail', async (t) => {
    t.mock.method(performance, 'now', () => 1000)
    const stage = aWorker(100)
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line) => void lines.push(line) })
    stage.queue.run = () => Promise.reject(new Error('out of order'))
    stage.add(1, ...Array.from({ length: 100 }, (_, index) => `a${index}`))
    const worker = startWorker(stage.queue, { clock: stage.clock, log })
    await until(() => stage.due.length === 0)
    await worker.stop()
    assert.equal(lines.length, 10)
  })

  test('runs a job that is handed to it, and waits for it at its end', async () => {
    const { start, claims, running, end } = aWorker(1)
    const worker = start()
    const place = worker.reserve(1)
    assert.ok(place)
    assert.equal(worker.reserve(2), undefined)
    place.run({ accountId: 1, name: 'a1' })
    const stopped = worker.stop()
    assert.deepEqual(running(), ['a1'])
    end('a1')
    await stopped
    assert.deepEqual(claims, [])
  })

  test('claims nothing after a stop, and waits for what is under way', async () => {
    const { start, add, due, claims, running, end } = aWorker(2)
    add(1, 'a1')
    add(2, 'b1')
    const worker = start()
    await until(() => running().length === 2)
    let stopped = false
    const stop = worker.stop().then(() => {
      stopped = true
    })
    add(3, 'c1')
    const claimed = claims.length
    end('a1')
    await until(() => running().length === 1)
    worker.wake(3)
    await new Promise(setImmediate)
    assert.equal(stopped, false)
    end('b1')
    await stop
    assert.equal(claims.length, claimed)
    assert.deepEqual(due, [{ accountId: 3, name: 'c1' }])
  })

  test('brings forward what is due too late, at its start and once an hour', async () => {
    let times = 0
    const bringForward = async () => {
      times += 1
    }
    const { clock, start } = aWorker(1, { bringForward })
    const worker = start()
    await until(() => times === 1)
    clock.advance(3_600_000)
    await until(() => times === 2)
    await worker.stop()
  })
})

describe('the age of a queue', () => {
  test('is how long an account without a job under way has waited for its turn', async () => {
    const { clock, start, add, running, end } = aWorker(1)
    add(1, 'a1', 'a2')
    const worker = start()
    await until(() => running().includes('a1'))
    clock.advance(5000)
    assert.equal(worker.age() < 5000, true, 'it is served')
    add(2, 'b1')
    worker.wake(2)
    clock.advance(61_000)
    await until(() => worker.age() === 61_000)
    end('a1')
    await until(() => running().includes('b1'))
    end('b1')
    await until(() => running().includes('a2'))
    end('a2')
    await until(() => worker.age() === 0)
    await worker.stop()
  })

  test('ignores accounts with slow servers', async () => {
    const { clock, start, add, running, end } = aWorker(2)
    add(1, 'a1', 'a2')
    add(2, 'b1', 'b2')
    const worker = start()
    await until(() => running().length === 2)
    end('a1', SLOW)
    end('b1', SLOW)
    await until(() => running().length === 1)
    clock.advance(3_600_000)
    await until(() => worker.age() === 0)
    assert.equal(running().length, 1, 'the other one waits')
    end(running()[0] ?? '')
    await until(() => running().length === 1)
    end(running()[0] ?? '')
    await worker.stop()
  })

  test('grows while the worker does not run', async () => {
    let answer = () => {}
    const stage = aWorker()
    const silent = new Promise<{ accountIds: number[]; next: number }>((resolve) => {
      answer = () => resolve({ accountIds: [], next: 0 })
    })
    stage.queue.listDue = () => silent
    const worker = startWorker(stage.queue, { clock: stage.clock, log: SILENT })
    stage.clock.advance(61_001)
    assert.equal(worker.age(), 60_001)
    answer()
    await until(() => worker.age() === 0)
    await worker.stop()
  })
})
