import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../problem.ts'
import { daysOfRange } from './read-statistics.ts'

const NOW = new Date('2026-03-14T12:00:00+08:00')
/** Midnight in UTC+8, so many days ago. */
const ago = (days: number) => Date.parse('2026-03-14T00:00:00+08:00') / 1000 - days * 86_400

describe('a range of statistics', () => {
  const CASES = [
    { name: 'yesterday alone', begin: ago(1), end: ago(1), days: 1 },
    { name: 'the last second of yesterday', begin: ago(0) - 1, end: ago(0) - 1, days: 1 },
    { name: 'both ends', begin: ago(3), end: ago(1), days: 3 },
    { name: 'any time of a day', begin: ago(2) + 3600, end: ago(1) + 60, days: 2 },
    { name: '30 days apart', begin: ago(31), end: ago(1), days: 31 },
    { name: '31 days apart', begin: ago(32), end: ago(1), days: undefined },
    { name: '90 days ago', begin: ago(90), end: ago(90), days: 1 },
    { name: '91 days ago', begin: ago(91), end: ago(90), days: undefined },
    { name: 'today', begin: ago(0), end: ago(0), days: undefined },
    { name: 'up to today', begin: ago(1), end: ago(0), days: undefined },
    { name: 'tomorrow', begin: ago(-1), end: ago(-1), days: undefined },
    { name: 'backwards', begin: ago(1), end: ago(2), days: undefined },
    { name: 'in milliseconds', begin: ago(2) * 1000, end: ago(1) * 1000, days: undefined },
    { name: 'beyond every date', begin: Number.MAX_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER, days: undefined },
  ]
  for (const { name, begin, end, days } of CASES) {
    test(`${name}: ${days === undefined ? 'refused' : `${days} days`}`, () => {
      const read = () => daysOfRange({ begin, end }, NOW)
      if (days === undefined) {
        assert.throws(read, (error) => error instanceof Problem && error.code === 'statistics.range_invalid')
      } else {
        const { firstDay, lastDay } = read()
        assert.equal(lastDay - firstDay + 1, days)
      }
    })
  }
})
