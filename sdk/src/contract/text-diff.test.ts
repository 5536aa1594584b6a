import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type DiffPiece, diffTexts } from './text-diff.ts'

const textIn = (which: 'old' | 'new', pieces: readonly DiffPiece[]) =>
  pieces.map((piece) => (piece.in === 'both' || piece.in === which ? piece.text : '')).join('')

describe('the difference of two texts', () => {
  const cases: [string, string, string][] = [
    ['', '', ''],
    ['same text', 'same text', 'same text'],
    ['', 'new', '+new+'],
    ['old', '', '-old-'],
    ['三里屯店', '五道口店', '-三里屯-+五道口+店'],
    ['北京市朝阳区建国路8号', '北京市朝阳区建国路88号', '北京市朝阳区建国路-8-+88+号'],
    ['a shop in the mall', 'a store in the mall', 'a -shop-+store+ in the mall'],
    ['one two three', 'one three four', 'one -two -three+ four+'],
    ['Müller 茶馆', 'Mu\u0308ller 茶楼', '-Müller-+Mu\u0308ller+ 茶-馆-+楼+'],
    ['👍好', '👎好', '-👍-+👎+好'],
  ]
  for (const [before, after, drawn] of cases) {
    test(`${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
      const marks = { both: '', old: '-', new: '+' }
      const pieces = diffTexts(before, after)
      assert.equal(pieces.map((piece) => marks[piece.in] + piece.text + marks[piece.in]).join(''), drawn)
    })
  }

  test('gives both texts back', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '店', '号', '\u0301', '😀', '\n'), maxLength: 60 })
    fc.assert(
      fc.property(fc.oneof(letters, fc.string()), letters, (before, after) => {
        const pieces = diffTexts(before, after)
        assert.equal(textIn('old', pieces), before)
        assert.equal(textIn('new', pieces), after)
      }),
      { numRuns: 500 },
    )
  })

  test('costs little even of texts that were made to cost much', () => {
    const hostile = [
      ['店'.repeat(100_000), '号'.repeat(100_000)],
      ['ab '.repeat(50_000), 'ba '.repeat(50_000)],
      ['\u0301'.repeat(200_000), `a${'\u0301'.repeat(200_000)}`],
      ['a'.repeat(300_000), 'b'.repeat(300_000)],
    ] as const
    for (const [before, after] of hostile) {
      const startedAt = performance.now()
      diffTexts(before, after)
      assert.ok(performance.now() - startedAt < 2000)
    }
  })
})
