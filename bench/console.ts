import { aMember } from '../server/test/browser.ts'
import { buildConsole } from '../server/test/console/build-console.ts'
import { decideByKeys } from '../server/test/console/decide-by-keys.ts'
import { fillQueue } from '../server/test/console/fill-queue.ts'
import { launchBrowser, openConsole } from '../server/test/console/open-console.ts'
import { scrollQueue } from '../server/test/console/scroll-queue.ts'
import { layOpenApplications } from '../server/test/lay-open-applications.ts'
import { startTestServer } from '../server/test/start-server.ts'
import type { BenchDatabase } from './databases.ts'
import type { Figure, Measure } from './measure.ts'
import { median, percentile } from './statistics.ts'

const DECIDED = 20

/** What a reviewer waits for in Chromium: a queue of 100,000 and its frames, and the next application after a key. */
export const consoleInBrowser: Measure = {
  name: 'console',
  byNameAlone: true,
  async run(database) {
    buildConsole()
    return [...(await longQueue(database)), await nextApplication(database)]
  },
}

async function longQueue(database: BenchDatabase): Promise<Figure[]> {
  await using server = await startTestServer(database)
  const { accountId } = await server.newAccount()
  await layOpenApplications(server, accountId, database.name)
  const member = await aMember(server, '李雷', ['reviewer'])
  await using browser = await launchBrowser()
  await using window = await openConsole(browser, server, { member, runs: true })
  const { firstRowsMs, frames } = await scrollQueue(window)
  const shares = [0.5, 0.99].map((share) => percentile(frames, share).toFixed(1))
  return [
    {
      measure: 'console, first rows of 100,000, server’s time',
      value: firstRowsMs,
      unit: 'ms',
      bar: { atMost: 300 },
      detail: 'with what the browser adds',
    },
    {
      measure: 'console, a frame while it scrolls, p95',
      value: percentile(frames, 0.95),
      unit: 'ms',
      bar: { atMost: 34 },
      detail: `${frames.length} frames, median ${shares[0]}, p99 ${shares[1]} ms`,
    },
  ]
}

async function nextApplication(database: BenchDatabase): Promise<Figure> {
  await using server = await startTestServer(database)
  const ids = await fillQueue(server, DECIDED + 1)
  const member = await aMember(server, '李雷', ['reviewer'])
  await using browser = await launchBrowser()
  await using window = await openConsole(browser, server, { member, runs: true })
  const waits = await decideByKeys(window, ids)
  return {
    measure: 'console, from a key to the next application',
    value: median(waits),
    unit: 'ms',
    bar: { atMost: 100 },
    detail: `${waits.length} steps, from ${waits[0]?.toFixed(0)} to ${waits.at(-1)?.toFixed(0)} ms`,
  }
}
