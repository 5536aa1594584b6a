import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findAccount } from '../../src/accounts/account.store.ts'
import { beaconOf } from '../../src/device-batches/beacon.ts'
import { hashVisitor, VisitorSketch } from '../../src/statistics/visitor-sketch.ts'
import { issueToken } from '../../src/tokens/issue-token.ts'
import { DATABASES } from '../databases.ts'
import { bindPages, giveDevices, openShakeNearby, SCHEME } from '../shake-fixtures.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

const DAY_MS = 86_400_000
const DEVICE = '/shakearound/statistics/device'
const PAGE = '/shakearound/statistics/page'
const DEVICE_LIST = '/shakearound/statistics/devicelist'
const PAGE_LIST = '/shakearound/statistics/pagelist'

/** Midnight in UTC+8, so many days before the clock's first day, in Unix seconds. */
const ago = (days: number) => (Date.parse('2026-03-14T00:00:00+08:00') - days * DAY_MS) / 1000

interface Fixture {
  server: TestServer
  account: WireClient
  /** The first of the account's 60 devices, of which each has the page of its number. */
  first: number
  shake: (days: number, device: number, visitor: number, interaction?: 'shake' | 'click') => void
  flush: () => Promise<void>
}

async function withDevices(server: TestServer): Promise<Fixture> {
  const account = await server.newAccount()
  const { accountId } = account
  const { db, shakes } = server.services
  await openShakeNearby(db, accountId)
  const { firstDeviceId: first } = await giveDevices(db, accountId, { count: 60 })
  await bindPages(server.services, { accountId, deviceId: first }, [1, 2])
  return {
    server,
    account,
    first,
    shake(days, device, visitor, interaction = 'shake') {
      const at = new Date(ago(days) * 1000 + 3_600_000)
      shakes.tally.count(interaction, { accountId, deviceId: first + device, pageId: device + 1, visitor, at })
    },
    flush: () => shakes.tally.flush(),
  }
}

for (const kind of DATABASES) {
  describe(`statistics on ${kind.name}`, () => {
    test('show the items with the most people first in lists, 50 a page', async () => {
      await using server = await startTestServer(kind)
      const { account, first, shake, flush } = await withDevices(server)
      for (let device = 0; device < 53; device += 1) {
        for (let visitor = 0; visitor < (device % 7) + 1; visitor += 1) shake(2, device, visitor)
      }
      shake(2, 6, 0)
      shake(1, 60, 0)
      await flush()
      const list = async (path: string, page_index: number, date = ago(2)) =>
        (await account.post(path, { date, page_index })).json
      const pages = [await list(DEVICE_LIST, 1), await list(DEVICE_LIST, 2)]
      const devices = pages.flatMap(({ data }) => data.devices)
      assert.deepEqual(
        pages.map(({ data, ...beside }) => [data.devices.length, beside]),
        [50, 3].map((length, index) => [
          length,
          { date: ago(2), total_count: 53, page_index: index + 1, errcode: 0, errmsg: 'success.' },
        ]),
      )
      const people = devices.map(({ shake_uv }: { shake_uv: number }) => shake_uv)
      assert.deepEqual(
        people,
        [...people].sort((a, b) => b - a),
      )
      assert.equal(new Set(devices.map(({ device_id }: { device_id: number }) => device_id)).size, 53)
      const six = devices.find(({ device_id }: { device_id: number }) => device_id === first + 6)
      const counters = { shake_pv: 8, shake_uv: 7, click_pv: 0, click_uv: 0 }
      assert.deepEqual(six, { device_id: first + 6, ...beaconOf(first + 6, SCHEME), ...counters })

      const { data, ...beside } = await list(PAGE_LIST, 2)
      assert.deepEqual(beside, { date: ago(2), total_count: 53, page_index: 2, errcode: 0, errmsg: 'success.' })
      assert.deepEqual(
        data.pages.map((page: object) => Object.keys(page).sort()),
        Array(3).fill(['click_pv', 'click_uv', 'page_id', 'shake_pv', 'shake_uv']),
      )
      assert.deepEqual((await list(DEVICE_LIST, 1, ago(1) + 7200)).date, ago(1), 'any time of the day')
      for (const page_index of [3, Number.MAX_SAFE_INTEGER]) {
        assert.deepEqual((await list(DEVICE_LIST, page_index)).data, { devices: [] })
      }
      assert.deepEqual(await list(PAGE_LIST, 1, ago(50)), {
        data: { pages: [] },
        date: ago(50),
        total_count: 0,
        page_index: 1,
        errcode: 0,
        errmsg: 'success.',
      })
    })

    test('are refused of today and of more than 90 days ago', async () => {
      await using server = await startTestServer(kind)
      const { account, first, shake, flush } = await withDevices(server)
      shake(0, 0, 1)
      await flush()
      const today = ago(0)
      const device_identifier = { device_id: first }
      // The clock moves past the end of every token.
      const post = async (path: string, request: object) => {
        const { db, issuer } = server.services
        const known = (await findAccount(db, account.accountId)) ?? assert.fail('there is no account')
        const { token } = await issueToken(issuer, known)
        const init = { method: 'POST', body: JSON.stringify(request) }
        // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of any shape
        return (await (await fetch(`${server.url}${path}?access_token=${token}`, init)).json()) as any
      }
      const days = () => post(DEVICE, { device_identifier, begin_date: today, end_date: today })
      const list = () => post(PAGE_LIST, { date: today, page_index: 1 })
      assert.equal((await days()).errcode, 9001031)
      assert.equal((await list()).errcode, 9001031)
      server.clock.set(new Date('2026-03-14T23:59:59.999+08:00'))
      assert.equal((await days()).errcode, 9001031)
      server.clock.set(new Date('2026-03-15T00:00:00+08:00'))
      assert.equal((await days()).data.length, 1)
      assert.equal((await list()).data.pages.length, 1)
      server.clock.set(new Date((today + 91 * 86_400) * 1000 - 1))
      assert.equal((await days()).data.length, 1)
      server.clock.advance(1)
      assert.equal((await days()).errcode, 9001031)
      assert.equal((await list()).errcode, 9001031)
    })

    test('are separate for each account', async () => {
      await using server = await startTestServer(kind)
      const one = await withDevices(server)
      const other = await withDevices(server)
      one.shake(1, 0, 1)
      other.shake(1, 0, 1)
      other.shake(1, 0, 2)
      await one.flush()
      const uvs = []
      for (const { account } of [one, other]) {
        const { json } = await account.post(PAGE, { page_id: 1, begin_date: ago(1), end_date: ago(1) })
        uvs.push(
          json.data[0].shake_uv,
          (await account.post(DEVICE_LIST, { date: ago(1), page_index: 1 })).json.total_count,
        )
      }
      assert.deepEqual(uvs, [1, 1, 2, 1])
    })

    test('add to a row that another server estimated', async () => {
      await using server = await startTestServer(kind)
      const { account, shake, flush } = await withDevices(server)
      for (let visitor = 0; visitor < 2000; visitor += 1) shake(1, 0, hashVisitor(`${visitor}`))
      await flush()
      shake(1, 0, hashVisitor('another'))
      await flush()
      const [row] = await server.services.db
        .selectFrom('shake_count')
        .select(['shake_pv', 'shake_uv', 'shake_sketch'])
        .where('subject', '=', 'page')
        .execute()
      assert.equal(row?.shake_pv, 2001)
      assert.equal(Math.min(2001, VisitorSketch.parse(row?.shake_sketch ?? '').size), row?.shake_uv)
      assert.ok(Math.abs((row?.shake_uv ?? 0) - 2001) < 100, `${row?.shake_uv}`)
      const { json } = await account.post(PAGE, { page_id: 1, begin_date: ago(1), end_date: ago(1) })
      assert.equal(json.data[0].shake_uv, row?.shake_uv)
    })
  })
}
