import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseApplicationId, parseAuditId, toApplicationId, toAuditId } from './application-id.ts'

const KEYS = [
  { accountId: 1, applicationNo: 1 },
  { accountId: 12, applicationNo: 345 },
  { accountId: 0xffff_ffff, applicationNo: 0xffff_ffff },
]

for (const key of KEYS) {
  describe(`application ${key.applicationNo} of account ${key.accountId}`, () => {
    test('is found by both forms of its id', () => {
      assert.deepEqual(parseApplicationId(toApplicationId(key)), key)
      assert.deepEqual(parseApplicationId(toAuditId(key)), key)
      assert.deepEqual(parseAuditId(toAuditId(key)), key)
    })

    test('has 22 URL-safe characters on the wire', () => assert.match(toAuditId(key), /^[A-Za-z0-9_-]{22}$/))

    test('is not found when one character of its audit_id is mistyped', () => {
      const id = toAuditId(key)
      for (let place = 0; place < id.length; place += 1) {
        for (const character of ['A', 'b', '0', '-']) {
          if (id[place] === character) continue
          const mistyped = id.slice(0, place) + character + id.slice(place + 1)
          assert.equal(parseAuditId(mistyped), undefined, mistyped)
        }
      }
    })
  })
}

describe('an audit_id', () => {
  test('differs between accounts and between numbers', () => {
    const ids = new Set<string>()
    for (let accountId = 1; accountId <= 30; accountId += 1) {
      for (let applicationNo = 1; applicationNo <= 30; applicationNo += 1)
        ids.add(toAuditId({ accountId, applicationNo }))
    }
    assert.equal(ids.size, 900)
  })

  test('names nothing when it is combined from two others', () => {
    const one = Buffer.from(toAuditId({ accountId: 1, applicationNo: 1 }), 'base64url')
    const other = Buffer.from(toAuditId({ accountId: 2, applicationNo: 2 }), 'base64url')
    const forged = Buffer.concat([one.subarray(0, 8), other.subarray(8)]).toString('base64url')
    assert.equal(parseAuditId(forged), undefined)
  })

  test('names nothing when its check words are invented', () => {
    const invented = Buffer.alloc(16)
    invented.writeUInt32LE(1, 0)
    invented.writeUInt32LE(1, 8)
    assert.equal(parseAuditId(invented.toString('base64url')), undefined)
  })

  for (const id of ['', 'A', '!'.repeat(22), `${toAuditId({ accountId: 1, applicationNo: 1 })}A`, '1-1']) {
    test(`is not ${JSON.stringify(id)}`, () => assert.equal(parseAuditId(id), undefined))
  }
})

describe('an application id', () => {
  for (const id of [
    '',
    '1',
    '1-',
    '-1',
    '0-1',
    '1-0',
    '01-1',
    '1-01',
    '1-1 ',
    ' 1-1',
    '1-1-1',
    '1.0-1',
    '１-１',
    '1--1',
  ]) {
    test(`is not ${JSON.stringify(id)}`, () => assert.equal(parseApplicationId(id), undefined))
  }
})
