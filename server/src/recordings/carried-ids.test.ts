import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CarriedIds } from './carried-ids.ts'

function carriedFrom(recorded: unknown, answered: unknown) {
  const carried = new CarriedIds()
  carried.learn(recorded, answered)
  return (request: unknown) => {
    const unknown = new Set<string>()
    return { request: carried.carry(request, unknown), unknown: [...unknown] }
  }
}

const CARRIED: [name: string, recorded: unknown, answered: unknown, request: unknown, sent: unknown][] = [
  ['a number under its name', { page_id: 5 }, { page_id: 9 }, { page_id: 5, count: 5 }, { page_id: 9, count: 5 }],
  ['a number in a list', { page_id: 5 }, { page_id: 9 }, { page_ids: [5] }, { page_ids: [9] }],
  ['digits as digits', { apply_id: 5 }, { apply_id: 9 }, { apply_id: '5' }, { apply_id: '9' }],
  [
    'the last device of a page',
    { l: [{ device_id: 5 }] },
    { l: [{ device_id: 9 }] },
    { last_seen: 5 },
    { last_seen: 9 },
  ],
  [
    'a link under any name',
    { pic_url: 'http://a/1' },
    { pic_url: 'http://b/2' },
    { l: ['http://a/1'] },
    { l: ['http://b/2'] },
  ],
  ['a text under any name', { media_id: 'abc' }, { media_id: 'xyz' }, { license: ['abc'] }, { license: ['xyz'] }],
  [
    'the rid of a refusal',
    { errmsg: 'x rid: 00000001-00000002-00000003' },
    { errmsg: 'y rid: 0000000a-0000000b-0000000c' },
    { rid: '00000001-00000002-00000003' },
    { rid: '0000000a-0000000b-0000000c' },
  ],
]

describe('carrying ids over', () => {
  for (const [name, recorded, answered, request, sent] of CARRIED) {
    test(`carries ${name}`, () => {
      assert.deepEqual(carriedFrom(recorded, answered)(request), { request: sent, unknown: [] })
    })
  }

  test('tells ids that no answer gave, and sends them as they are', () => {
    const carry = carriedFrom({ page_id: 5 }, { page_id: 9 })
    assert.deepEqual(carry({ page_ids: [5, 6], device_identifier: { device_id: 0, uuid: '' } }), {
      request: { page_ids: [9, 6], device_identifier: { device_id: 0, uuid: '' } },
      unknown: ['page_id 6'],
    })
  })

  test('leaves what every server has alike, and what is no id', () => {
    const carry = carriedFrom({ third_cat_id: 5, total_count: 7 }, { third_cat_id: 9, total_count: 8 })
    const request = { industry_id: '0101', third_cat_id: 5, total_count: 7, level3: 5 }
    assert.deepEqual(carry(request), { request, unknown: [] })
  })
})
