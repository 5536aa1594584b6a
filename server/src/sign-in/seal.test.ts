import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Seal } from './seal.ts'

const SECRET = 'ab'.repeat(32)

describe('a seal', () => {
  const seal = new Seal(SECRET)

  test('opens what was sealed for the same purpose by the same installation', () => {
    const sealed = seal.seal('step', '内容')
    assert.match(sealed, /^[\w-]+$/)
    assert.equal(seal.open('step', sealed), '内容')
    assert.notEqual(seal.seal('step', '内容'), sealed)
    assert.equal(seal.open('other step', sealed), undefined)
    assert.equal(new Seal('cd'.repeat(32)).open('step', sealed), undefined)
  })

  test('does not open what was changed, cut off or never sealed', () => {
    const sealed = seal.seal('step', 'content')
    const changed = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`
    for (const text of [changed, sealed.slice(0, -4), sealed.slice(0, 10), '', 'A'.repeat(60)]) {
      assert.equal(seal.open('step', text), undefined, text)
    }
  })
})
