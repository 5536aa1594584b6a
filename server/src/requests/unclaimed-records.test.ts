import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Caches } from '../caches.ts'
import { toDecided } from './explanation.ts'
import { type UnclaimedRecord, UnclaimedRecords } from './unclaimed-records.ts'

const aRecord = (rid: string, requestBody = ''): UnclaimedRecord => {
  const texts = { url: '/', path: '/', requestBody, responseBody: '', clientIp: '' }
  return {
    rid,
    at: new Date(0),
    costMs: 0,
    ...texts,
    ...toDecided(undefined, {}),
    injectedBy: null,
    outcomeBy: null,
    aheadMs: 0,
  }
}

describe('requests of callers who are not known', () => {
  test('are the newest, however many come', () => {
    const records = new UnclaimedRecords(new Caches())
    for (let index = 0; index < 1000; index += 1) records.add(aRecord(`${index}`))
    const kept = records.list()
    assert.deepEqual([kept.length, kept[0]?.rid, kept.at(-1)?.rid], [200, '999', '800'])
    assert.equal(records.find('799'), undefined)
  })

  test('are fewer where they are long', () => {
    const records = new UnclaimedRecords(new Caches())
    for (let index = 0; index < 200; index += 1) records.add(aRecord(`${index}`, 'x'.repeat(8192)))
    const kept = records.list()
    assert.ok(kept.length > 50 && kept.length <= 64, `${kept.length}`)
    assert.equal(kept[0]?.rid, '199')
  })

  test('are forgotten with all that is kept, and not with what is of one account', async () => {
    const caches = new Caches()
    const records = new UnclaimedRecords(caches)
    records.add(aRecord('a'))
    await caches.empty(1)
    assert.ok(records.find('a'))
    await caches.empty()
    assert.deepEqual(records.list(), [])
  })
})
