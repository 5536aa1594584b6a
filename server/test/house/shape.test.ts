import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { castsIn } from './casts.ts'
import { functionLengths } from './functions.ts'
import { sourcesOf } from './sources.ts'

const PACKAGES = ['sdk', 'conformance', 'server', 'testing'] as const

const FILE_MEDIAN = 55
const FILE_P90 = 170
const FILE_MAX = 400
const FUNCTION_P90 = 25
/** Unit: casts in 1,000 lines. */
const CASTS_MAX = 2

const sourcesOfPackage = new Map(PACKAGES.map((name) => [name, sourcesOf(`${name}/src`)]))
const sources = [...sourcesOfPackage.values()].flat()
const linesOf = (text: string) => text.split('\n').length - 1

/** The number that `share` of all do not exceed. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0
}

describe('the shape of what is shipped', () => {
  test(`half of the files have at most ${FILE_MEDIAN} lines, nine in ten ${FILE_P90}`, (t) => {
    const lengths = sources.map(({ text }) => linesOf(text))
    const [median, p90] = [quantile(lengths, 0.5), quantile(lengths, 0.9)]
    t.diagnostic(`${lengths.length} files, median ${median}, p90 ${p90}`)
    assert.ok(median <= FILE_MEDIAN && p90 <= FILE_P90, `median ${median}, p90 ${p90}`)
  })

  test(`no file has more than ${FILE_MAX} lines`, () => {
    const longer = sources.filter(({ text }) => linesOf(text) > FILE_MAX)
    assert.deepEqual(
      longer.map(({ path }) => path),
      [],
    )
  })

  test(`nine functions in ten have at most ${FUNCTION_P90} lines`, (t) => {
    const lengths = sources.flatMap(({ text }) => functionLengths(text))
    const p90 = quantile(lengths, 0.9)
    t.diagnostic(`${lengths.length} functions, median ${quantile(lengths, 0.5)}, p90 ${p90}`)
    assert.ok(p90 <= FUNCTION_P90, `p90 ${p90}`)
  })

  for (const [name, sources] of sourcesOfPackage) {
    test(`fewer than ${CASTS_MAX} casts stand in 1,000 lines of ${name}`, (t) => {
      const casts = sources.flatMap(({ path, text }) => castsIn(text).map((line) => `${path}:${line}`))
      const lines = sources.reduce((sum, { text }) => sum + linesOf(text), 0)
      const rate = (casts.length / lines) * 1000
      t.diagnostic(`${name}: ${casts.length} casts in ${lines} lines, ${rate.toFixed(1)} in 1,000`)
      assert.ok(rate < CASTS_MAX, `${rate.toFixed(1)} in 1,000 lines:\n${casts.join('\n')}`)
    })
  }
})
