import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fits } from './check.ts'
import { weighted, weightOf } from './text.ts'

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
