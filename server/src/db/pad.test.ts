import assert from 'node:assert/strict'
import { test } from 'node:test'
import { padToPowerOfTwo } from './pad.ts'

const CASES = [
  { values: [], list: [] },
  { values: [7], list: [7] },
  { values: [7, 8], list: [7, 8] },
  { values: [7, 8, 9], list: [7, 8, 9, 9] },
  { values: [5, 6, 7, 8, 9], list: [5, 6, 7, 8, 9, 9, 9, 9] },
]

for (const { values, list } of CASES) {
  test(`${values.length} values make a list of ${list.length}`, () => assert.deepEqual(padToPowerOfTwo(values), list))
}
