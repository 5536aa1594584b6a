import { SANDBOX_ACCOUNT } from '../server/src/sandbox/account.ts'
import { baselineKindsOf, targetOf } from './against-baseline.ts'
import { FIRST_DEVICE_ID, layDevices } from './lay-devices.ts'
import { compareLoads, LoadClient, toRequest } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { startBaseline, startShenpi } from './processes.ts'
import { takeTurns } from './statistics.ts'
import { issueToken } from './submissions.ts'

const DEVICES = 1_000_000
const PAGE = 50
const ROUND_MS = 1000
const WARM_UP_MS = 2000
/** The sandbox's own, the first one. */
const ACCOUNT_ID = 1

/**
 * How fast 50 of an account's 1,000,000 devices are listed, against the baseline's selects, whose answer is put
 * together as well; and whether the last page takes longer than the first.
 */
export const search: Measure = {
  name: 'search',
  async run(database, { rounds }) {
    await using place = await database.place()
    await using server = await startShenpi(place)
    await layDevices(place, { devices: DEVICES, firstAccountId: ACCOUNT_ID, accounts: 1 })
    const token = await issueToken(server.url, SANDBOX_ACCOUNT)
    await using baseline = await startBaseline(place, 'search', baselineKindsOf(database)[0] as string, targetOf(place))
    using ours = await LoadClient.open(server)
    using theirs = await LoadClient.open(baseline)
    const lastSeen = { first: 0, middle: DEVICES / 2, last: DEVICES - PAGE }
    const ask = (client: LoadClient, path: string, passed: number) => {
      const last_seen = passed && FIRST_DEVICE_ID + passed - 1
      const request = toRequest(path, { type: 2, last_seen, count: PAGE })
      return (ms: number) => client.run(() => request, ms)
    }
    const path = `/shakearound/device/search?access_token=${token}`
    const contestants = [
      ask(ours, path, lastSeen.first),
      ask(ours, path, lastSeen.middle),
      ask(ours, path, lastSeen.last),
      ask(theirs, `/search?account=${ACCOUNT_ID}`, lastSeen.first),
    ]
    for (const run of contestants) await run(WARM_UP_MS)
    const [first = [], middle = [], last = [], baselineLoads = []] = await takeTurns(
      rounds,
      contestants.map((run) => () => run(ROUND_MS)),
    )
    const figure = (measure: string, bar: number, { ratio, detail }: ReturnType<typeof compareLoads>): Figure => {
      return { measure, value: ratio, unit: 'ratio', bar: { atLeast: bar }, detail }
    }
    return [
      figure('search, 50 of 1,000,000 devices, to the baseline', 0.5, compareLoads(first, baselineLoads, 'baseline')),
      figure('search, a page in the middle against the first', 0.8, compareLoads(middle, first, 'first')),
      figure('search, the last page against the first', 0.8, compareLoads(last, first, 'first')),
    ]
  },
}
