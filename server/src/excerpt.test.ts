import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerptOf } from './excerpt.ts'

test('an excerpt keeps to its length and cuts no character in half', () => {
  assert.equal(excerptOf('abc', 3), 'abc')
  assert.equal(excerptOf('abcd', 3), 'abc')
  assert.equal(excerptOf('ab😀', 4), 'ab😀')
  assert.equal(excerptOf('ab😀', 3), 'ab')
  assert.equal(excerptOf('😀😀', 3), '😀')
})

test('an excerpt has U+FFFD in place of invalid Unicode and of U+0000', () => {
  assert.equal(excerptOf('a\ud800b\udc00\0', 10), 'a\ufffdb\ufffd\ufffd')
  assert.equal(excerptOf('\udc00\ud800', 1), '\ufffd')
})
