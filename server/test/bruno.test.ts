import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { makeCollection } from 'shenpi-conformance/bruno/collection'
import { writeCollection } from 'shenpi-conformance/bruno/write-collection'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { BRUNO, findProgram, withoutProgram } from './programs.ts'
import { startTestServer } from './start-server.ts'
import { testClock } from './test-clock.ts'

const bru = findProgram(BRUNO)
// The collection does not depend on the database.
const [kind] = DATABASES as [DatabaseKind]

test('the collection for Bruno holds on a new sandbox', { skip: !bru && withoutProgram(BRUNO) }, async () => {
  await using server = await startTestServer(kind, { clock: testClock(new Date()) })
  using cleanups = new DisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-bruno-'))
  cleanups.defer(() => rmSync(folder, { recursive: true }))
  const count = writeCollection(folder, await makeCollection({ baseUrl: server.url, ...SANDBOX_ACCOUNT }))
  const report = join(folder, 'report.json')
  // Whatever differs ends it with 1; the report says what.
  await promisify(execFile)(String(bru), ['run', '--env', 'sandbox', '--reporter-json', report], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  }).catch(() => undefined)
  const [{ results, summary }] = JSON.parse(readFileSync(report, 'utf8'))
  assert.deepEqual(differencesIn(results), [])
  assert.deepEqual([summary.totalRequests, summary.passedRequests], [count, count])
})

interface Result {
  test: { filename: string }
  error?: string
  assertionResults: { status: string; lhsExpr: string; rhsExpr: string; error?: string }[]
}

const differencesIn = (results: readonly Result[]): string[] =>
  results.flatMap(({ test: { filename }, error, assertionResults }) => [
    ...(error ? [`${filename}: ${error}`] : []),
    ...assertionResults
      .filter(({ status }) => status !== 'pass')
      .map(({ lhsExpr, rhsExpr, error: why }) => `${filename}: ${lhsExpr} ${rhsExpr}: ${why}`),
  ])
