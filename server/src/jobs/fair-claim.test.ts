import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FairClaim, type Places } from './fair-claim.ts'

const QUICK = 20
const SLOW = 5000

const PLACES: Places = { total: 10, slow: 6, perAccount: 4, perSlowAccount: 2 }

/** Whose jobs are started, if every account has more work than it may have under way. */
function started(claim: FairClaim, accountIds: readonly number[]): number[] {
  for (const accountId of accountIds) claim.add(accountId, 0)
  const all: number[] = []
  for (;;) {
    const next = claim.next(3)
    if (next.length === 0) return all
    for (const turn of next) {
      claim.take(turn, turn.limit, 0)
      all.push(...Array<number>(turn.limit).fill(turn.accountId))
    }
  }
}

const endAll = (claim: FairClaim, accountIds: readonly number[], waitedMs: number | undefined) => {
  for (const accountId of accountIds) claim.end(accountId, waitedMs)
}

/** Accounts whose servers have hung once. */
function slowOnes(claim: FairClaim, accountIds: readonly number[]): readonly number[] {
  for (const accountId of accountIds) endAll(claim, started(claim, [accountId]), SLOW)
  return accountIds
}

describe('fair claim', () => {
  test('serves the account first that was served longest ago', () => {
    const claim = new FairClaim({ ...PLACES, total: 1 })
    const order: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const [accountId = 0] = started(claim, [1, 2, 3])
      order.push(accountId)
      claim.end(accountId, QUICK)
    }
    assert.deepEqual(order, [1, 2, 3, 1, 2, 3])
  })

  test('gives an account one place at first, and one more with each quick job, up to its share', () => {
    const claim = new FairClaim(PLACES)
    for (const places of [1, 2, 4, 4]) {
      const jobs = started(claim, [1])
      assert.equal(jobs.length, places)
      endAll(claim, jobs, QUICK)
    }
  })

  test('gives an account with a slow server few places, until it was quick several times in a row', () => {
    const claim = new FairClaim(PLACES)
    for (let times = 0; times < 4; times += 1) endAll(claim, started(claim, [1]), QUICK)
    slowOnes(claim, [1])
    assert.equal(started(claim, [1]).length, 2)
    endAll(claim, [1, 1], QUICK)
    assert.equal(started(claim, [1]).length, 2)
    endAll(claim, [1, 1], QUICK)
    assert.equal(started(claim, [1]).length, 4)
  })

  test('keeps places free from all slow accounts together, however many they are', () => {
    const claim = new FairClaim(PLACES)
    const slow = slowOnes(claim, [1, 2, 3, 4, 5, 6, 7, 8])
    assert.equal(started(claim, slow).length, PLACES.slow)
    assert.deepEqual(started(claim, [...slow, 9]), [9])
    claim.end(9, QUICK)
    assert.deepEqual(started(claim, [...slow, 9]), [9, 9])
  })

  test('serves slow accounts in turn', () => {
    const claim = new FairClaim(PLACES)
    const slow = slowOnes(claim, [1, 2, 3, 4])
    const first = started(claim, slow)
    endAll(claim, first, SLOW)
    const second = started(claim, slow)
    assert.deepEqual(new Set([...first, ...second]), new Set(slow))
  })

  test('loses no place to a job that failed on our side, was not found, or changed meanwhile', () => {
    const claim = new FairClaim(PLACES)
    for (const waitedMs of [undefined, QUICK, SLOW, QUICK, undefined, SLOW, QUICK, QUICK, QUICK, QUICK]) {
      for (const accountId of [1, 2, 3, 4]) claim.add(accountId, 0)
      for (const turn of claim.next(4)) claim.take(turn, 0, 0)
      const jobs = started(claim, [1, 2, 3])
      assert.ok(jobs.length > 0)
      endAll(claim, jobs, waitedMs)
    }
    while (claim.readyAccounts > 0) for (const turn of claim.next(4)) claim.take(turn, 0, 0)
    const others = Array.from({ length: PLACES.total }, (_, index) => 100 + index)
    assert.deepEqual(started(claim, others), others)
  })

  test('serves new accounts first, and then those served longest ago, however many are ready', () => {
    const claim = new FairClaim(PLACES)
    const known = Array.from({ length: 10_000 }, (_, index) => index + 1)
    for (const accountId of known) claim.add(accountId, 0)
    const round = (count: number) => {
      const served = claim.next(count)
      for (const turn of served) claim.take(turn, 1, 0)
      for (const { accountId } of served) claim.end(accountId, undefined)
      return served.map(({ accountId }) => accountId)
    }
    const rounds = known.length / 8
    assert.deepEqual(Array.from({ length: rounds }, () => round(8)).flat(), known)
    claim.add(10_001, 0)
    assert.deepEqual(round(8), [10_001, 1, 2, 3, 4, 5, 6, 7])
  })

  test('changes the turn of a waiting account with its server’s speed', () => {
    const claim = new FairClaim({ ...PLACES, slow: 2 })
    const [slow = 0] = slowOnes(claim, [1])
    assert.deepEqual(started(claim, [slow]), [slow, slow])
    claim.add(slow, 0)
    assert.deepEqual(claim.next(3), [], 'slow ones have their places')
    for (const waitedMs of [QUICK, QUICK]) claim.end(slow, waitedMs)
    assert.deepEqual(started(claim, [slow]), [slow, slow])
    claim.add(slow, 0)
    for (const waitedMs of [QUICK, QUICK]) claim.end(slow, waitedMs)
    const [turn] = claim.next(3)
    assert.deepEqual(turn, { accountId: slow, limit: PLACES.perAccount })
  })

  test('tells since when an account has waited for its turn, but not for slow ones', () => {
    const claim = new FairClaim({ ...PLACES, total: 2, slow: 1 })
    slowOnes(claim, [1, 2])
    const slow = started(claim, [1, 2])
    claim.add(2, 1000)
    assert.equal(slow.length, 1)
    assert.equal(claim.waitingSince(), undefined)
    claim.add(3, 2000)
    claim.add(4, 3000)
    assert.equal(claim.waitingSince(), 2000)
    started(claim, [])
    assert.equal(claim.waitingSince(), 3000)
  })

  test('reserves a place for a new job only when a turn would give it one now', () => {
    const claim = new FairClaim({ ...PLACES, total: 3 })
    assert.equal(claim.reserve(1), true)
    assert.equal(claim.reserve(1), false, 'an account begins with one place')
    claim.add(2, 0)
    assert.equal(claim.reserve(3), false, 'account 2 is first')
    assert.deepEqual(claim.next(3), [{ accountId: 2, limit: 1 }])
    assert.equal(claim.reserve(3), true)
    assert.equal(claim.reserve(4), false, 'there is no place left')
    claim.end(1, QUICK)
    claim.add(1, 0)
    assert.equal(claim.reserve(1), false, 'it has an older job that waits')
  })

  test('reserves no place for an account with a slow server', () => {
    const claim = new FairClaim(PLACES)
    slowOnes(claim, [1])
    for (const turn of claim.next(3)) claim.take(turn, 0, 0)
    assert.equal(claim.reserve(1), false)
  })

  test('reserves places beside an account that has all it may have', () => {
    const claim = new FairClaim(PLACES)
    assert.deepEqual(started(claim, [1]), [1])
    assert.equal(claim.reserve(2), true)
  })

  test('knows the accounts that it has served, the one served longest ago first', () => {
    const claim = new FairClaim(PLACES)
    for (const accountId of [1, 2, 3, 1]) {
      assert.ok(claim.reserve(accountId))
      claim.end(accountId, QUICK)
    }
    assert.deepEqual(claim.known(2), [2, 3])
  })
})
