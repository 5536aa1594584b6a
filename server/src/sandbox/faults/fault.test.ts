import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, test } from 'node:test'
import { drawShare, SeededEntropy } from '../../entropy/entropy.ts'
import { DelayRoom } from './delay-room.ts'
import { delayOf, type FaultRule, strikes } from './fault.ts'

const RULE: FaultRule = {
  accountId: 1,
  name: 'rule',
  position: 1,
  scenario: null,
  match: { share: 0.3 },
  effect: { type: 'errcode', errcode: -1 },
  where: 'before_checks',
  times: null,
  endsAt: new Date(0),
  seen: 1,
  hits: 0,
}

const drawnFrom = (seed: string) => {
  const entropy = new SeededEntropy(seed)
  return () => drawShare(entropy, 1, 'fault')
}

describe('a share', () => {
  test('strikes the same ones for the same seed, and about as many as it says', () => {
    const run = (seed: string) => {
      const drawn = drawnFrom(seed)
      return Array.from({ length: 2000 }, () => strikes(RULE, drawn))
    }
    assert.deepEqual(run('a'), run('a'))
    assert.notDeepEqual(run('a'), run('b'))
    const share = run('a').filter(Boolean).length / 2000
    assert.ok(Math.abs(share - 0.3) < 0.04, String(share))
  })
})

describe('a delay', () => {
  test('lasts as long as it says, or log-normal about its median, and never longer than the longest', () => {
    const drawn = drawnFrom('a')
    assert.equal(delayOf({ type: 'delay', ms: 300 }, 60_000, drawn), 300)
    const delays = Array.from({ length: 2001 }, () => delayOf({ type: 'delay', ms: 300, sigma: 0.8 }, 2000, drawn))
    const sorted = delays.toSorted((a, b) => a - b)
    const [median = 0, ninth = 0] = [sorted[1000], sorted[1801]]
    assert.ok(Math.abs(median - 300) < 40, String(median))
    // The normal's ninth decile is at 1.28: 300 ms times e to the 0.8 times that.
    assert.ok(Math.abs(ninth - 836) < 120, String(ninth))
    assert.equal(sorted.at(-1), 2000)
  })

  test('has places for so many of one account and so many in all, which come free when a client goes', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const clients = [connect(port), connect(port), connect(port)]
    await Promise.all(clients.map((client) => once(client, 'connect')))
    const [first, second, third] = clients as [(typeof clients)[0], (typeof clients)[0], (typeof clients)[0]]
    const room = new DelayRoom({ inAll: 3, ofAccount: 2 })
    const waiting = [room.wait(1, 60_000, first), room.wait(1, 60_000, second), room.wait(2, 60_000, third)]
    assert.deepEqual([room.hasPlace(1), room.hasPlace(2), room.hasPlace(3)], [false, false, false])
    first?.destroy()
    await waiting[0]
    assert.deepEqual([room.hasPlace(1), room.hasPlace(3)], [true, true])
    for (const client of clients) client.destroy()
    await Promise.all(waiting)
    assert.ok(room.hasPlace(2))
    server.close()
  })
})
