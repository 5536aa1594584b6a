import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLotteryId, toLotteryId } from './lottery-id.ts'

describe('the ID of a lottery', () => {
  for (const key of [
    { accountId: 1, lotteryNo: 1 },
    { accountId: 12, lotteryNo: 345 },
    { accountId: 999_999_999, lotteryNo: 9_999_999_999 },
  ]) {
    test(`leads back to ${JSON.stringify(key)}`, () => {
      assert.match(toLotteryId(key), /^\d+$/)
      assert.deepEqual(parseLotteryId(toLotteryId(key)), key)
    })
  }

  test('tells accounts apart whose numbers run together', () => {
    assert.notEqual(toLotteryId({ accountId: 1, lotteryNo: 23 }), toLotteryId({ accountId: 12, lotteryNo: 3 }))
  })

  for (const id of [
    '',
    '1',
    '11',
    '110',
    '101',
    '011',
    '1 1',
    '11a',
    '9123',
    '11 1',
    '1'.repeat(21),
    '199007199254740993',
  ]) {
    test(`is not ${JSON.stringify(id)}`, () => assert.equal(parseLotteryId(id), undefined))
  }
})
