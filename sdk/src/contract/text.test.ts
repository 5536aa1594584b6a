import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Call } from './call.ts'
import { fits } from './check.ts'
import { isObject } from './is-object.ts'
import { STORABLE, weighted, weightOf } from './text.ts'
import { wire } from './wire.ts'

/** The patterns of a schema that no words tell. */
function patternsIn(schema: unknown): string[] {
  if (!isObject(schema) && !Array.isArray(schema)) return []
  const { pattern, form, ...members } = Object(schema)
  if (form) return []
  return [...(typeof pattern === 'string' ? [pattern] : []), ...Object.values(members).flatMap(patternsIn)]
}

test('every pattern of a request of the wire is told in words, but for that of all texts', () => {
  const calls = Object.values(wire).flatMap((subject) => Object.values<Call>(subject))
  const untold = calls.flatMap(({ request }) => patternsIn(request)).filter((pattern) => pattern !== STORABLE)
  assert.deepEqual(untold, [])
})

describe('the weight of a text', () => {
  for (const [text, weight] of [
    ['', 0],
    ['ok', 2],
    ['审批', 4],
    ['审批ok', 6],
    ['\u007f', 1],
    ['\u0080', 2],
    ['é', 2],
    ['Ａ', 2],
    ['😀', 2],
    ['𠮷', 2],
    ['\n', 1],
  ] as const) {
    test(`${JSON.stringify(text)} weighs ${weight}`, () => assert.equal(weightOf(text), weight))
  }
})

describe('a text of at most 3 wide characters', () => {
  const schema = weighted(3)
  for (const text of ['', '审批店', 'abcdef', '审批ab', '😀😀😀']) {
    test(`takes ${JSON.stringify(text)}`, () => assert.ok(fits(schema, text)))
  }
  for (const text of ['审批店铺', 'abcdefg', '审批abc', '😀😀😀a']) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.ok(!fits(schema, text)))
  }

  test('keeps each of two lengths', () => {
    const longer = weighted(4)
    assert.ok(fits(longer, '审批店铺'))
    assert.ok(!fits(schema, '审批店铺'))
  })

  test('keeps the rules beside its length', () => {
    assert.ok(!fits(weighted(3, { minLength: 1 }), ''))
  })
})
