import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compareAnswers } from './differences.ts'

const inWords = (recorded: unknown, answered: unknown) =>
  compareAnswers({ body: recorded }, { body: answered }).differences.map(
    ({ kind, at, recorded: was, answered: is }) => `${kind} ${at}: ${was} → ${is}`,
  )

const SAME: [name: string, recorded: unknown, answered: unknown][] = [
  ['ids, times and tokens', { audit_id: 'a', access_token: 'x', at: 1 }, { audit_id: 'b', access_token: 'y', at: 2 }],
  ['texts of a refusal', { errcode: 40001, errmsg: 'a rid: 1' }, { errcode: 40001, errmsg: 'b rid: 2' }],
  ['a list of another length', { list: [{ a: 1 }] }, { list: [{ a: 2 }, { a: 3 }] }],
  ['what only some items have', { list: [{ a: 1, b: 1 }, { a: 1 }] }, { list: [{ a: 1 }] }],
  ['types that stand in the recorded list', { list: [1, 'a'] }, { list: ['b'] }],
  ['an answer without errcode and one of 0 before its members', { errcode: 0 }, { errcode: 0 }],
]

const DIFFERENT: [name: string, recorded: unknown, answered: unknown, told: string[]][] = [
  ['errcode', { errcode: 0 }, { errcode: 9001022, errmsg: 'no' }, ['errcode errcode: 0 → 9001022 (no)']],
  ['errcode that is a text', { errcode: 0 }, { errcode: '0' }, ['errcode errcode: 0 → "0"']],
  [
    'the errmsg of success',
    { errcode: 0, errmsg: 'ok' },
    { errcode: 0, errmsg: 'success.' },
    ['errmsg errmsg: "ok" → "success."'],
  ],
  ['a member that is missing', { data: { a: 1 } }, { data: {} }, ['missing data.a: number → nothing']],
  ['a member that is extra', { data: {} }, { data: { a: [] } }, ['extra data.a: nothing → list']],
  ['a type', { data: { a: 1 } }, { data: { a: '1' } }, ['type data.a: number → string']],
  ['null in the place of a text', { a: 'x' }, { a: null }, ['type a: string → null']],
  [
    'a member of an item, once',
    { list: [{ a: 1 }, { a: 2 }] },
    { list: [{ a: 'x' }, { a: 'y' }] },
    ['type list[].a: number → string'],
  ],
  [
    'a member that one item lacks',
    { list: [{ a: 1 }] },
    { list: [{ a: 1 }, {}] },
    ['missing list[].a: number → nothing'],
  ],
  [
    'members of lists in lists',
    { l: [{ m: [{ a: 1 }] }] },
    { l: [{ m: [{ b: 1 }] }] },
    ['missing l[].m[].a: number → nothing', 'extra l[].m[].b: nothing → number'],
  ],
]

describe('comparing answers', () => {
  for (const [name, recorded, answered] of SAME) {
    test(`passes over ${name}`, () => assert.deepEqual(inWords(recorded, answered), []))
  }
  for (const [name, recorded, answered, told] of DIFFERENT) {
    test(`tells ${name}`, () => assert.deepEqual(inWords(recorded, answered), told))
  }

  test('tells an HTTP status and an answer that is no JSON', () => {
    const { differences } = compareAnswers(
      { status: 200, body: { errcode: 0 } },
      { status: 502, text: 'bad gateway', type: 'text/plain' },
    )
    assert.deepEqual(
      differences.map(({ recorded, answered }) => `${recorded} → ${answered}`),
      ['200 → 502', 'object → no JSON (text/plain)'],
    )
  })

  test('names lists of which one is empty, whose items nobody can compare', () => {
    const { differences, unseen } = compareAnswers({ body: { list: [{ a: 1 }] } }, { body: { list: [] } })
    assert.deepEqual([differences, unseen], [[], ['list']])
  })

  test('ends at a depth that no answer has', () => {
    const deep = JSON.parse('['.repeat(5000) + ']'.repeat(5000))
    assert.deepEqual(inWords({ deep }, { deep }), [])
  })
})
