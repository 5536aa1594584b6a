import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aMember } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { layOpenApplications, OPEN } from '../lay-open-applications.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer } from '../start-server.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, openConsole } from './open-console.ts'
import { scrollQueue } from './scroll-queue.ts'

/** Of the server's time for the first rows. Unit: milliseconds. */
const FIRST_ROWS_MAX_MS = 300
/** Nineteen of twenty frames take this at most. Unit: milliseconds. */
const FRAME_MAX_MS = 34
/** So much longer it may take beside other tests: `npm run bench -- --only console` holds the bars themselves. */
const BUSY = 10

describe('a long queue in the console', { skip: !findProgram(CHROMIUM) && withoutProgram(CHROMIUM) }, () => {
  test(`shows ${OPEN} applications at once, and scrolls through pages of them`, async (t) => {
    const [kind] = DATABASES as [DatabaseKind]
    buildConsole()
    await using server = await startTestServer(kind)
    const { accountId } = await server.newAccount()
    await layOpenApplications(server, accountId, kind.name)
    const member = await aMember(server, '李雷', ['reviewer'])
    await using browser = await launchBrowser()
    await using window = await openConsole(browser, server, { member, runs: true })
    const { firstRowsMs, frames, drawn, inSight } = await scrollQueue(window)
    const slow = frames[Math.floor(frames.length * 0.95)] ?? Number.NaN
    t.diagnostic(
      `first rows ${firstRowsMs.toFixed(0)} ms, ${frames.length} frames that move, p95 ${slow.toFixed(1)} ms`,
    )
    assert.ok(firstRowsMs > 0 && firstRowsMs <= BUSY * FIRST_ROWS_MAX_MS, `first rows ${firstRowsMs} ms`)
    // Those beyond, so that none is missing while it scrolls, and not a page more of them.
    assert.ok(drawn >= inSight + 10 && drawn <= inSight + 30, `${drawn} rows for ${inSight} in sight`)
    assert.ok(frames.length >= 40 && slow <= BUSY * FRAME_MAX_MS, `p95 ${slow} ms of ${frames.length} frames`)
    window.assertQuiet()
  })
})
