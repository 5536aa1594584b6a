import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as settled } from 'node:timers/promises'
import { type AccessToken, RENEWAL_MARGIN_MS, shareToken, type TokenStore } from './access-token.ts'

/** A platform that hands out t1, t2, … for two hours each, when it is let. */
function aPlatform({ expires_in = 7200 } = {}) {
  const platform = {
    time: 0,
    asked: 0,
    fails: false,
    answer: async () => {
      platform.asked++
      if (platform.fails) throw new Error('the platform is down')
      return { access_token: `t${platform.asked}`, expires_in }
    },
    /** It answers only once the function that comes back is called. */
    holdBack() {
      const { answer } = platform
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      platform.answer = () => released.then(answer)
      return release
    },
    share: (store?: TokenStore) =>
      shareToken({ key: 'k', store, request: () => platform.answer(), now: () => platform.time }),
  }
  return platform
}

function aStore() {
  const tokens = new Map<string, AccessToken>()
  const store: TokenStore = {
    find: async (key) => tokens.get(key),
    save: async (key, token) => void tokens.set(key, token),
  }
  return { store, tokens }
}

const times = <T>(count: number, work: () => Promise<T>) => Promise.all(Array.from({ length: count }, work))

test('requests one token for a hundred waiting callers', async () => {
  const platform = aPlatform()
  const token = platform.share()
  assert.deepEqual(new Set(await times(100, token.get)), new Set(['t1']))
  assert.equal(platform.asked, 1)
})

test('requests one more token for a hundred refused callers', async () => {
  const platform = aPlatform()
  const token = platform.share()
  const first = await token.get()
  assert.deepEqual(new Set(await times(100, () => token.replace(first))), new Set(['t2']))
  assert.equal(await token.replace(first), 't2', 'one that was refused late finds it renewed')
  assert.equal(platform.asked, 2)
})

test('renews a token once before its end, while nobody waits', async () => {
  const platform = aPlatform()
  const token = platform.share()
  await token.get()
  platform.time = 7_200_000 - RENEWAL_MARGIN_MS - 1
  assert.equal(await token.get(), 't1')
  assert.equal(platform.asked, 1)
  platform.time += 1
  const release = platform.holdBack()
  const served = times(10, token.get)
  await settled()
  release()
  assert.deepEqual(new Set(await served), new Set(['t1']))
  await settled()
  assert.deepEqual(new Set(await times(10, token.get)), new Set(['t2']))
  assert.equal(platform.asked, 2)
})

test('waits for a new token at the end of the old one, also during an early renewal', async () => {
  const platform = aPlatform()
  const token = platform.share()
  await token.get()
  const release = platform.holdBack()
  platform.time = 7_199_999
  const early = token.get()
  await settled()
  platform.time = 7_200_000
  const late = [token.get(), token.replace('t1')]
  release()
  assert.deepEqual(await Promise.all([early, ...late]), ['t1', 't2', 't2'])
  assert.equal(platform.asked, 2)
})

test('uses a short-lived token for half of its life', async () => {
  const platform = aPlatform({ expires_in: 100 })
  const token = platform.share()
  await token.get()
  platform.time = 49_999
  assert.equal(await token.get(), 't1')
  assert.equal(platform.asked, 1)
  platform.time = 50_000
  assert.equal(await token.get(), 't1')
  await settled()
  assert.equal(await token.get(), 't2')
})

test('uses a valid token on while it cannot be renewed, and does not try at every call', async () => {
  const platform = aPlatform()
  const token = platform.share()
  await token.get()
  platform.fails = true
  platform.time = 7_000_000
  assert.deepEqual(await times(5, token.get), Array(5).fill('t1'))
  await settled()
  assert.equal(await token.get(), 't1')
  assert.equal(platform.asked, 2)
  platform.time += 30_000
  assert.equal(await token.get(), 't1')
  await settled()
  assert.equal(platform.asked, 3)
  platform.time = 7_200_000
  await assert.rejects(token.get(), /is down/)
  await assert.rejects(token.replace('t1'), /is down/)
  platform.fails = false
  assert.equal(await token.get(), 't6')
})

test('asks again for the next caller after a failed request', async () => {
  const platform = aPlatform()
  const token = platform.share()
  platform.fails = true
  const failed = await Promise.allSettled([token.get(), token.get()])
  assert.deepEqual(
    failed.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(platform.asked, 1)
  platform.fails = false
  assert.equal(await token.get(), 't2')
})

test('asks a store again after it failed at once', async () => {
  const platform = aPlatform()
  const { store } = aStore()
  let fails = true
  store.exclusively = (_key, work) => {
    if (fails) throw new Error('no lock is to be had')
    return work()
  }
  const token = platform.share(store)
  await assert.rejects(token.get(), /no lock/)
  fails = false
  assert.equal(await token.get(), 't1')
})

test('uses a refused token that the platform gives again, and does not ask at every call', async () => {
  const platform = aPlatform()
  platform.answer = async () => {
    platform.asked++
    return { access_token: 'same', expires_in: 7200 }
  }
  const token = platform.share()
  assert.equal(await token.replace(await token.get()), 'same')
  assert.equal(await token.get(), 'same')
  assert.equal(platform.asked, 2)
})

test('renews one token for all processes that share a store', async () => {
  const platform = aPlatform()
  const { store } = aStore()
  const [one, two] = [platform.share(store), platform.share(store)]
  assert.equal(await one.get(), 't1')
  assert.equal(await two.get(), 't1')
  assert.equal(await one.replace('t1'), 't2')
  assert.equal(await two.replace('t1'), 't2', 'the other finds the new one in the store')
  assert.equal(platform.asked, 2)
})

test('lets one process ask while the others wait, with a store that can exclude others', async () => {
  const platform = aPlatform()
  const { store } = aStore()
  let last: Promise<unknown> = Promise.resolve()
  store.exclusively = (_key, work) => {
    const mine = last.then(work)
    last = mine
    return mine
  }
  const processes = Array.from({ length: 10 }, () => platform.share(store))
  assert.deepEqual(new Set(await Promise.all(processes.map(({ get }) => get()))), new Set(['t1']))
  assert.equal(platform.asked, 1)
})
