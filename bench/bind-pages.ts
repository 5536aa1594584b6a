import type { Place } from '../server/test/databases.ts'
import { baselineKindsOf, compareWrites, targetOf } from './against-baseline.ts'
import { type BenchDatabase, lay } from './databases.ts'
import { toRequest } from './load.ts'
import type { Figure, Measure, Settings } from './measure.ts'
import { startBaseline, startShenpi } from './processes.ts'
import { createAccount, layAccounts, type Merchant } from './submissions.ts'

/** Each writes under its own lock. */
const MERCHANTS = 32
const DEVICES = 500
const PAGES = 20
const FIRST_DEVICE_ID = 1_000_000

/** The body of device/bindpage. */
export interface Binding {
  device_identifier: { device_id: number }
  page_ids: readonly [number, number]
}

/**
 * How fast devices are given two pages in place of those that they have, on disk before it is answered, against the
 * baseline's statements on a database with the same rows.
 */
export const bindPages: Measure = {
  name: 'bindpage',
  async run(database, settings) {
    const figures: Figure[] = []
    for (const kind of baselineKindsOf(database)) figures.push(await measure(database, kind, settings))
    return figures
  },
}

async function measure(database: BenchDatabase, kind: string, settings: Settings): Promise<Figure> {
  await using place = await database.place()
  await using server = await startShenpi(place)
  const merchants: Merchant[] = []
  for (let count = 0; count < MERCHANTS; count += 1) merchants.push(await createAccount(server))
  await layDevices(place, merchants)
  await using baselinePlace = await database.place()
  await layAccounts(baselinePlace, merchants)
  await layDevices(baselinePlace, merchants)
  await using baseline = await startBaseline(baselinePlace, 'bind-pages', kind, targetOf(baselinePlace))
  const ours = {
    server,
    next: bindings(merchants, ({ token }) => `/shakearound/device/bindpage?access_token=${token}`),
  }
  const theirs = { server: baseline, next: bindings(merchants, ({ accountId }) => `/bind-pages?account=${accountId}`) }
  return await compareWrites('bindpage', kind, { ours, baseline: theirs }, settings)
}

/** Each merchant may use Shake Nearby, and has a batch of devices and some pages. */
async function layDevices(place: Place, merchants: readonly Merchant[]): Promise<void> {
  const statements = merchants.flatMap(({ accountId }, index) => {
    const first = FIRST_DEVICE_ID + index * DEVICES
    const pages = Array.from({ length: PAGES }, (_, page) => `(${accountId}, ${page + 1}, 't', 'd', 'u', 'i', '', 0)`)
    return [
      `insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at, due_at,
         decided_at, decided_by, reason) values
         (${accountId}, 1, 'account_activation', 'account', 'approved', '{}', 2, 0, 0, 0, 'bench', ''),
         (${accountId}, 2, 'device_batch', 'device_batch', 'approved', '{}', 2, 0, 0, 0, 'bench', '')`,
      `insert into device_batch (account_id, last_device_id, first_device_id, application_no, account_offset, comment,
         poi_id, allocated_at) values (${accountId}, ${first + DEVICES - 1}, ${first}, 2, 0, '', 0, 0)`,
      `insert into device_range (last_device_id, account_id) values (${first + DEVICES - 1}, ${accountId})`,
      `insert into page (account_id, page_id, title, description, page_url, icon_url, comment, created_at)
         values ${pages}`,
    ]
  })
  await lay(place, statements.join(';'))
}

/** Requests that each bind other pages to another device, the merchants in turn. */
function bindings(merchants: readonly Merchant[], pathOf: (merchant: Merchant) => string): () => string {
  let count = 0
  return () => {
    const index = count % MERCHANTS
    const turn = Math.floor(count / MERCHANTS)
    count += 1
    const page = 1 + (turn % (PAGES - 1))
    const device_id = FIRST_DEVICE_ID + index * DEVICES + (turn % DEVICES)
    const binding: Binding = { device_identifier: { device_id }, page_ids: [page, page + 1] }
    return toRequest(pathOf(merchants[index] as Merchant), binding)
  }
}
