import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FairSemaphore } from './fair-semaphore.ts'

/** Starts jobs that end when they are told to, and notes the order in which they began. */
function stage(semaphore: FairSemaphore) {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  return {
    started,
    ask(name: string, accountId: number, signal?: AbortSignal): Promise<void> {
      const work = () => {
        started.push(name)
        return new Promise<void>((end) => ends.set(name, end))
      }
      return semaphore.run(accountId, work, signal)
    },
    end: (name: string) => ends.get(name)?.(),
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('accounts take turns, however often one asks', async () => {
  const jobs = stage(new FairSemaphore({ permits: 1, perAccount: 1, waitingPerAccount: 10 }))
  const all = [jobs.ask('a1', 1), jobs.ask('a2', 1), jobs.ask('a3', 1), jobs.ask('b1', 2), jobs.ask('c1', 3)]
  for (const name of ['a1', 'b1', 'c1', 'a2', 'a3']) {
    await turn()
    assert.equal(jobs.started.at(-1), name)
    jobs.end(name)
  }
  await Promise.all(all)
})

test('an account holds no more than its share of the permits', async () => {
  const jobs = stage(new FairSemaphore({ permits: 3, perAccount: 2, waitingPerAccount: 10 }))
  const all = [jobs.ask('a1', 1), jobs.ask('a2', 1), jobs.ask('a3', 1), jobs.ask('b1', 2)]
  await turn()
  assert.deepEqual(jobs.started, ['a1', 'a2', 'b1'])
  jobs.end('a2')
  await turn()
  assert.deepEqual(jobs.started, ['a1', 'a2', 'b1', 'a3'])
  for (const name of ['a1', 'a3', 'b1']) jobs.end(name)
  await Promise.all(all)
})

test('one job too many is refused at once, and another account’s is not', async () => {
  const jobs = stage(new FairSemaphore({ permits: 1, perAccount: 1, waitingPerAccount: 1 }))
  const all = [jobs.ask('a1', 1), jobs.ask('a2', 1)]
  await assert.rejects(jobs.ask('a3', 1), { name: 'TooManyWaiting', limit: 1 })
  all.push(jobs.ask('b1', 2))
  for (const name of ['a1', 'b1', 'a2']) {
    await turn()
    jobs.end(name)
  }
  await Promise.all(all)
})

test('a job that fails frees its permit, and a waiting job that is aborted never starts', async () => {
  const semaphore = new FairSemaphore({ permits: 1, perAccount: 1, waitingPerAccount: 10 })
  const jobs = stage(semaphore)
  const caller = new AbortController()
  const first = jobs.ask('a1', 1)
  const givenUp = jobs.ask('a2', 1, caller.signal)
  const failing = semaphore.run(2, () => Promise.reject(new Error('broken')))
  const last = jobs.ask('a3', 1)
  caller.abort(new Error('the server stops'))
  await assert.rejects(givenUp, { message: 'the server stops' })
  jobs.end('a1')
  await assert.rejects(failing, { message: 'broken' })
  await turn()
  assert.deepEqual(jobs.started, ['a1', 'a3'])
  jobs.end('a3')
  await Promise.all([first, last])
})

test('a job that waits too long is refused, and those behind it move up', async () => {
  const jobs = stage(new FairSemaphore({ permits: 1, perAccount: 1, waitingPerAccount: 1, longestWaitMs: 1 }))
  const first = jobs.ask('a1', 1)
  await assert.rejects(jobs.ask('a2', 1), { name: 'WaitedTooLong', waitedMs: 1 })
  const last = jobs.ask('a3', 1)
  jobs.end('a1')
  await first
  await turn()
  assert.deepEqual(jobs.started, ['a1', 'a3'], 'a job that has begun is not given up')
  jobs.end('a3')
  await last
})
