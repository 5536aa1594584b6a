import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokens } from '@shenpi/sdk'
import { parseIpList } from '../accounts/ip-list.ts'
import { Problem } from '../problem.ts'
import { type CallRates, type CallsMade, ratesFor, ratesOf, requireQuota } from './call-rates.ts'

const DEFAULTS = { daily: 1_000_000, minute: 20_000, shopSecond: 50 }
const OFF = { daily: 0, minute: 0, shopSecond: 0 }

test('the documented limit of a call counts where it is below the default', () => {
  assert.deepEqual(ratesOf(tokens.stableToken, DEFAULTS), { daily: 500_000, minute: 10_000, second: 0 })
  assert.deepEqual(ratesOf(tokens.stableToken, { ...DEFAULTS, minute: 5 }), { daily: 500_000, minute: 5, second: 0 })
  assert.deepEqual(ratesOf(tokens.stableToken, OFF), { daily: 0, minute: 0, second: 0 })
})

test('only shop calls are limited by the second', () => {
  assert.deepEqual(ratesOf({ path: '/shop/cat/get' }, DEFAULTS), { daily: 1_000_000, minute: 20_000, second: 50 })
  assert.deepEqual(ratesOf({ path: '/cgi-bin/token' }, DEFAULTS), { daily: 1_000_000, minute: 20_000, second: 0 })
})

test('an account may have its own limits, or none', () => {
  const limits = { ipList: parseIpList([]), dailyLimit: 0, minuteLimit: null }
  assert.deepEqual(ratesFor(limits, { daily: 9, minute: 8, second: 7 }), { daily: 0, minute: 8, second: 7 })
})

const CASES: [name: string, rates: Partial<CallRates>, made: Partial<CallsMade>, refusal: string | undefined][] = [
  ['below every limit', { daily: 3, minute: 3, second: 3 }, { day: 2, minute: 2, second: 2 }, undefined],
  ['the day is used up', { daily: 3 }, { day: 3 }, 'quota.daily'],
  ['more than the day was used', { daily: 3 }, { day: 4 }, 'quota.daily'],
  ['the minute is used up', { minute: 3 }, { minute: 3 }, 'quota.minute'],
  ['the second is used up', { second: 3 }, { second: 3 }, 'quota.burst'],
  ['all are used up', { daily: 1, minute: 1, second: 1 }, { day: 1, minute: 1, second: 1 }, 'quota.daily'],
  ['there are no limits', {}, { day: 1e9, minute: 1e9, second: 1e9 }, undefined],
]

for (const [name, rates, made, refusal] of CASES) {
  test(`${name}: ${refusal ?? 'one more call'}`, () => {
    const ask = () =>
      requireQuota({ daily: 0, minute: 0, second: 0, ...rates }, { day: 0, minute: 0, second: 0, ...made })
    if (refusal) assert.throws(ask, (error) => error instanceof Problem && error.code === refusal)
    else ask()
  })
}
