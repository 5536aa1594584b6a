import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Places, Turns } from './turns.ts'

const QUICK = 20
const SLOW = 5000

const PLACES: Places = { total: 10, slow: 6, perAccount: 4, perSlowAccount: 2 }

/** Whose jobs are started, if every account has more work than it may have under way. */
function started(turns: Turns, accountIds: readonly number[]): number[] {
  for (const accountId of accountIds) turns.add(accountId, 0)
  const all: number[] = []
  for (;;) {
    const next = turns.next(3)
    if (next.length === 0) return all
    for (const turn of next) {
      turns.take(turn, turn.limit, 0)
      all.push(...Array<number>(turn.limit).fill(turn.accountId))
    }
  }
}

const endAll = (turns: Turns, accountIds: readonly number[], waitedMs: number | undefined) => {
  for (const accountId of accountIds) turns.end(accountId, waitedMs)
}

/** Accounts whose servers have hung once. */
function slowOnes(turns: Turns, accountIds: readonly number[]): readonly number[] {
  for (const accountId of accountIds) endAll(turns, started(turns, [accountId]), SLOW)
  return accountIds
}

describe('turns', () => {
  test('go to the account that was served longest ago', () => {
    const turns = new Turns({ ...PLACES, total: 1 })
    const order: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const [accountId = 0] = started(turns, [1, 2, 3])
      order.push(accountId)
      turns.end(accountId, QUICK)
    }
    assert.deepEqual(order, [1, 2, 3, 1, 2, 3])
  })

  test('give an account one place at first, and one more with each quick job, up to its share', () => {
    const turns = new Turns(PLACES)
    for (const places of [1, 2, 4, 4]) {
      const jobs = started(turns, [1])
      assert.equal(jobs.length, places)
      endAll(turns, jobs, QUICK)
    }
  })

  test('give one whose server is slow few places, until it was quick some times in a row', () => {
    const turns = new Turns(PLACES)
    for (let times = 0; times < 4; times += 1) endAll(turns, started(turns, [1]), QUICK)
    slowOnes(turns, [1])
    assert.equal(started(turns, [1]).length, 2)
    endAll(turns, [1, 1], QUICK)
    assert.equal(started(turns, [1]).length, 2)
    endAll(turns, [1, 1], QUICK)
    assert.equal(started(turns, [1]).length, 4)
  })

  test('keep places free from all slow ones together, however many they are', () => {
    const turns = new Turns(PLACES)
    const slow = slowOnes(turns, [1, 2, 3, 4, 5, 6, 7, 8])
    assert.equal(started(turns, slow).length, PLACES.slow)
    assert.deepEqual(started(turns, [...slow, 9]), [9])
    turns.end(9, QUICK)
    assert.deepEqual(started(turns, [...slow, 9]), [9, 9])
  })

  test('go round among slow ones too', () => {
    const turns = new Turns(PLACES)
    const slow = slowOnes(turns, [1, 2, 3, 4])
    const first = started(turns, slow)
    endAll(turns, first, SLOW)
    const second = started(turns, slow)
    assert.deepEqual(new Set([...first, ...second]), new Set(slow))
  })

  test('lose no place to a job that failed on our side, to one that was not found, or to a change between', () => {
    const turns = new Turns(PLACES)
    for (const waitedMs of [undefined, QUICK, SLOW, QUICK, undefined, SLOW, QUICK, QUICK, QUICK, QUICK]) {
      for (const accountId of [1, 2, 3, 4]) turns.add(accountId, 0)
      for (const turn of turns.next(4)) turns.take(turn, 0, 0)
      const jobs = started(turns, [1, 2, 3])
      assert.ok(jobs.length > 0)
      endAll(turns, jobs, waitedMs)
    }
    while (turns.readyAccounts > 0) for (const turn of turns.next(4)) turns.take(turn, 0, 0)
    const others = Array.from({ length: PLACES.total }, (_, index) => 100 + index)
    assert.deepEqual(started(turns, others), others)
  })

  test('go to new accounts first, and then on from the one served longest ago, however many are ready', () => {
    const turns = new Turns(PLACES)
    const known = Array.from({ length: 10_000 }, (_, index) => index + 1)
    for (const accountId of known) turns.add(accountId, 0)
    const round = (count: number) => {
      const served = turns.next(count)
      for (const turn of served) turns.take(turn, 1, 0)
      for (const { accountId } of served) turns.end(accountId, undefined)
      return served.map(({ accountId }) => accountId)
    }
    const rounds = known.length / 8
    assert.deepEqual(Array.from({ length: rounds }, () => round(8)).flat(), known)
    turns.add(10_001, 0)
    assert.deepEqual(round(8), [10_001, 1, 2, 3, 4, 5, 6, 7])
  })

  test('of one that waits for its turn change with what its server does', () => {
    const turns = new Turns({ ...PLACES, slow: 2 })
    const [slow = 0] = slowOnes(turns, [1])
    assert.deepEqual(started(turns, [slow]), [slow, slow])
    turns.add(slow, 0)
    assert.deepEqual(turns.next(3), [], 'slow ones have their places')
    for (const waitedMs of [QUICK, QUICK]) turns.end(slow, waitedMs)
    assert.deepEqual(started(turns, [slow]), [slow, slow])
    turns.add(slow, 0)
    for (const waitedMs of [QUICK, QUICK]) turns.end(slow, waitedMs)
    const [turn] = turns.next(3)
    assert.deepEqual(turn, { accountId: slow, limit: PLACES.perAccount })
  })

  test('tell since when an account waits for its own, but for slow ones', () => {
    const turns = new Turns({ ...PLACES, total: 2, slow: 1 })
    slowOnes(turns, [1, 2])
    const slow = started(turns, [1, 2])
    turns.add(2, 1000)
    assert.equal(slow.length, 1)
    assert.equal(turns.waitingSince(), undefined)
    turns.add(3, 2000)
    turns.add(4, 3000)
    assert.equal(turns.waitingSince(), 2000)
    started(turns, [])
    assert.equal(turns.waitingSince(), 3000)
  })
})
