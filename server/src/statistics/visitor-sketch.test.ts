import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EXACT_MAX, hashVisitor, VisitorSketch } from './visitor-sketch.ts'

const crowd = (count: number, name = 'visitor') =>
  Array.from({ length: count }, (_, number) => hashVisitor(`${name}-${number}`))

function sketchOf(visitors: readonly number[]): VisitorSketch {
  const sketch = new VisitorSketch()
  for (const visitor of visitors) sketch.add(visitor)
  return sketch
}

describe('a sketch of visitors', () => {
  for (const count of [0, 1, 2, 255, EXACT_MAX]) {
    test(`counts ${count} exactly, however often they come`, () => {
      const visitors = crowd(count)
      assert.equal(sketchOf([...visitors, ...visitors]).size, count)
    })
  }

  for (const count of [300, 1000, 5000, 10_000, 20_000, 100_000]) {
    test(`estimates ${count} with a standard error of about 1.6 % and no bias`, () => {
      const errors = Array.from({ length: 20 }, (_, run) => sketchOf(crowd(count, `run ${run}`)).size / count - 1)
      const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length
      const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)
      assert.ok(Math.abs(bias) < 0.012, `bias ${bias}`)
      assert.ok(deviation < 0.025, `deviation ${deviation}`)
    })
  }

  test('never decreases when the exact count ends', () => {
    for (let run = 0; run < 50; run += 1) {
      assert.ok(sketchOf(crowd(EXACT_MAX + 1, `run ${run}`)).size >= EXACT_MAX)
    }
  })

  for (const [mine, others] of [
    [0, 10],
    [10, 0],
    [200, 50],
    [200, 200],
    [1000, 10],
    [10, 1000],
    [1000, 1000],
  ] as const) {
    test(`is the sketch of both when one of ${mine} is merged with one of ${others}`, () => {
      const both = [...crowd(mine, 'mine'), ...crowd(others, 'others'), ...crowd(5, 'mine')]
      const merged = sketchOf(crowd(mine, 'mine'))
      merged.merge(sketchOf([...crowd(others, 'others'), ...crowd(5, 'mine')]))
      assert.equal(merged.size, sketchOf(both).size)
      const again = merged.toText()
      merged.merge(VisitorSketch.parse(again))
      assert.equal(merged.toText(), again)
    })
  }

  for (const count of [0, 1, EXACT_MAX, 1000, 100_000]) {
    test(`is unchanged after one of ${count} was written and read`, () => {
      const sketch = sketchOf(crowd(count))
      const read = VisitorSketch.parse(sketch.toText())
      assert.equal(read.size, sketch.size)
      assert.equal(read.toText(), sketch.toText())
    })
  }

  test('takes at most 4 kB as text', () => {
    assert.ok(sketchOf(crowd(100_000)).toText().length <= 4097)
    assert.ok(sketchOf(crowd(EXACT_MAX)).toText().length <= 4097)
  })
})
