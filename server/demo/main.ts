import { parseArgs } from 'node:util'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { applyForCategory } from './apply-for-category.ts'
import { applyForDevices } from './apply-for-devices.ts'
import { Merchant } from './merchant.ts'
import { openShakeNearby } from './open-shake-nearby.ts'
import { startReceiver } from './receiver.ts'
import { Report } from './report.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { Staff } from './staff.ts'

// npm run demo [-- --database postgresql://…]: replays the examples of the three published documents on a server of its own, shows every request and
// answer, and compares each answer with what the document says. Ends with 1 when anything differs.

/** When this has passed, something hangs, however slow the machine is. */
const DEADLINE_MS = 90_000

const { values: options } = parseArgs({ options: { database: { type: 'string' } } })
process.exitCode = await main()

async function main(): Promise<number> {
  const report = new Report()
  const started = performance.now()
  const watchdog = setTimeout(() => {
    report.abort(`It did not end within ${DEADLINE_MS / 1000} s.`, '')
    process.exit(1)
  }, DEADLINE_MS)
  try {
    await using server = await startServerProcess(options.database)
    await play(report, server)
  } catch (error) {
    report.abort(describe(error), '')
  }
  clearTimeout(watchdog)
  report.close((performance.now() - started) / 1000)
  return report.failed > 0 ? 1 : 0
}

async function play(report: Report, server: ServerProcess): Promise<void> {
  const { appid, secret } = SANDBOX_ACCOUNT
  await using receiver = await startReceiver(appid)
  const merchant = new Merchant(report, server.url, appid)
  const demo = { report, merchant, staff: new Staff(report, server), receiver }
  try {
    report.chapter('A server of its own', `${server.url}, with the sandbox’s account ${appid}`)
    await merchant.logIn(secret)
    await openShakeNearby(demo)
    await applyForDevices(demo)
    await applyForCategory(demo)

    report.chapter('The audit trail', 'every step of every application, chained by hashes')
    report.step('Anybody with the database recomputes it')
    await demo.staff.command(['audit', 'verify'], 'No entry was changed, removed or put in between.', /is whole/)
  } catch (error) {
    report.abort(describe(error), server.log())
  }
}

/** An error and what it was caused by: that of `fetch` alone says nothing. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error && !message.includes(cause.message) ? `${message}: ${cause.message}` : message
}
