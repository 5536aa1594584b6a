import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

/** So many files are told. */
const TOLD = 10

/** A reporter of node's test runner: the files whose tests took longest, where there are many, with their seconds. */
export default async function* reportSlowest(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const msOf = new Map<string, number>()
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting > 0 || !data.file) continue
    msOf.set(data.file, (msOf.get(data.file) ?? 0) + data.details.duration_ms)
  }
  if (msOf.size <= TOLD) return
  const slowest = [...msOf].toSorted(([, a], [, b]) => b - a).slice(0, TOLD)
  yield '\nThe slowest files, in seconds:\n'
  for (const [file, ms] of slowest) yield `${(ms / 1000).toFixed(1).padStart(6)}  ${relative('', file)}\n`
}
