import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { FailureLog } from './failure-log.ts'

test('tells ten failures in a second with their stacks, and later how many it did not tell', (t) => {
  let now = 5000
  t.mock.method(performance, 'now', () => now)
  const lines: { untold?: number; path: string; err: { stack: string } }[] = []
  const failures = new FailureLog(pino({}, { write: (line) => lines.push(JSON.parse(line)) }))
  const fail = () => failures.tell(new Error('broken'), { path: '/a' }, 'a request failed')
  for (let times = 0; times < 100; times += 1) fail()
  assert.equal(lines.length, 10)
  now += 1000
  fail()
  fail()
  assert.deepEqual(
    lines.slice(10).map(({ untold, path, err }) => [untold, path, err.stack.includes('broken')]),
    [
      [90, '/a', true],
      [undefined, '/a', true],
    ],
  )
})
