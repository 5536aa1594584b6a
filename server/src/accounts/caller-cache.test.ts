import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Caches } from '../caches.ts'
import type { Account } from './account.ts'
import { CALLER_TTL_MS, CallerCache, type KnownToken } from './caller-cache.ts'
import { parseIpList } from './ip-list.ts'

const known = (accountId: number): KnownToken => ({
  account: { accountId } as Account,
  limits: { ipList: parseIpList([]), dailyLimit: null, minuteLimit: null },
  activated: false,
  connected: false,
  expiresAt: new Date(8.64e15),
})

describe('the caller cache', () => {
  test('keeps what it was told for three seconds', (t) => {
    let now = 0
    t.mock.method(performance, 'now', () => now)
    const cache = new CallerCache(new Caches())
    const one = known(1)
    cache.remember('a', one)
    now = 2999
    assert.equal(cache.find('a'), one)
    now = 3000
    assert.equal(cache.find('a'), undefined)
  })

  test('keeps it for a minute where this process alone writes to the database', (t) => {
    let now = 0
    t.mock.method(performance, 'now', () => now)
    const cache = new CallerCache(new Caches(), CALLER_TTL_MS.alone)
    cache.remember('a', known(1))
    now = 59_999
    assert.ok(cache.find('a'))
    now = 60_000
    assert.equal(cache.find('a'), undefined)
  })

  test('keeps beyond that time that Shake Nearby was found open, and nothing else', (t) => {
    let now = 0
    t.mock.method(performance, 'now', () => now)
    const cache = new CallerCache(new Caches())
    cache.remember('a', { ...known(1), activated: true, connected: true })
    now = 3000
    cache.remember('a', known(1))
    assert.equal(cache.find('a')?.activated, true)
    assert.equal(cache.find('a')?.connected, false)
    cache.forget(1)
    cache.remember('a', known(1))
    assert.equal(cache.find('a')?.activated, false)
  })

  test('forgets all tokens of an account and no other’s', () => {
    const cache = new CallerCache(new Caches())
    cache.remember('a', known(1))
    cache.remember('b', known(1))
    cache.remember('c', known(2))
    cache.forget(1)
    cache.forget(3)
    assert.deepEqual(
      ['a', 'b', 'c'].map((token) => cache.find(token)?.account.accountId),
      [undefined, undefined, 2],
    )
    cache.empty()
    assert.equal(cache.find('c'), undefined)
  })

  test('does not keep what was looked up before its account was forgotten', () => {
    const cache = new CallerCache(new Caches())
    const { generation } = cache
    cache.forget(1)
    cache.remember('a', known(1), generation)
    assert.equal(cache.find('a'), undefined)
    cache.remember('a', known(1), cache.generation)
    assert.ok(cache.find('a'))
  })

  test('keeps the other tokens of an account when one has aged', (t) => {
    let now = 0
    t.mock.method(performance, 'now', () => now)
    const cache = new CallerCache(new Caches())
    cache.remember('a', known(1))
    now = 2000
    cache.remember('b', known(1))
    now = 3500
    assert.equal(cache.find('a'), undefined)
    assert.ok(cache.find('b'))
    cache.forget(1)
    assert.equal(cache.find('b'), undefined)
  })

  test('holds 10,000 tokens at the most, those that were looked up last', (t) => {
    t.mock.method(performance, 'now', () => 0)
    const cache = new CallerCache(new Caches())
    for (let index = 0; index < 10_000; index += 1) cache.remember(`t${index}`, known(index))
    cache.remember('t0', known(0))
    cache.remember('one more', known(1))
    assert.deepEqual(
      ['t0', 't1', 't2', 'one more'].map((token) => cache.find(token) !== undefined),
      [true, false, true, true],
    )
  })
})
