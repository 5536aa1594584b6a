import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RequestRecord } from './request-record.ts'
import { WAITING_BYTES_MAX, WAITING_MAX, WaitingRecords } from './waiting-records.ts'

const aRecord = (accountId: number, rid: string, responseBody = ''): RequestRecord => ({
  accountId,
  rid,
  at: new Date(0),
  costMs: 0,
  url: '/',
  requestBody: '',
  responseBody,
  clientIp: '',
  path: '/',
  problem: null,
  endedAt: null,
  findings: '[]',
  injectedBy: null,
  outcomeBy: null,
  aheadMs: 0,
})

const ridsOf = (records: readonly RequestRecord[]) => records.map(({ rid }) => rid)

describe('waiting records', () => {
  test('make room by the oldest of the account that has the most', () => {
    const waiting = new WaitingRecords()
    waiting.add(aRecord(1, 'quiet'))
    for (let index = 0; index < WAITING_MAX + 10; index += 1) waiting.add(aRecord(2, `${index}`))
    assert.ok(waiting.isFull)
    assert.deepEqual(ridsOf(waiting.take(1)), ['quiet'])
    const kept = ridsOf(waiting.take(2))
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [WAITING_MAX - 1, '11', `${WAITING_MAX + 9}`])
    assert.deepEqual([...waiting.accountIds()], [])
    assert.ok(!waiting.isFull)
  })

  test('are bounded in bytes too', () => {
    const waiting = new WaitingRecords()
    const megabyte = 'x'.repeat(512 * 1024)
    for (let index = 0; index < 100; index += 1) waiting.add(aRecord(1, `${index}`, megabyte))
    const kept = waiting.take(1)
    assert.ok(kept.length < WAITING_BYTES_MAX / 2 ** 20 && kept.length > 20, `${kept.length}`)
    assert.equal(kept.at(-1)?.rid, '99')
  })

  test('come back before those that came since', () => {
    const waiting = new WaitingRecords()
    waiting.add(aRecord(1, 'first'))
    const taken = waiting.take(1)
    waiting.add(aRecord(1, 'second'))
    waiting.takeBack(taken)
    waiting.takeBack([])
    assert.deepEqual(ridsOf(waiting.take(1)), ['first', 'second'])
  })
})
