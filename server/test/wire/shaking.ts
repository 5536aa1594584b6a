import { api } from '@shenpi/sdk'
import type { Static } from '@sinclair/typebox'
import { beaconOf } from '../../src/device-batches/beacon.ts'
import { bindPages, giveDevices, openShakeNearby, SCHEME } from '../shake-fixtures.ts'
import type { TestServer, WireClient } from '../start-server.ts'

export const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
export const OPENID = 'o-AbCdEf0123456789'
export const MINUTE_MS = 60_000

type Body = Static<typeof api.shake.body>

/** The beacons that a phone hears of devices, one metre after the other by default. */
export const hears = (...devices: (number | [deviceId: number, distance: number])[]) =>
  devices.map((device, index) => {
    const [deviceId, distance] = typeof device === 'number' ? [device, index + 1] : device
    return { ...beaconOf(deviceId, SCHEME), distance }
  })

export async function shake(server: TestServer, body: Partial<Body> & Pick<Body, 'beacons'>) {
  return (await server.api.call(api.shake, { body: { openid: OPENID, ...body } })).pages
}

export async function anOpenAccount(server: TestServer): Promise<WireClient> {
  const account = await server.newAccount()
  await openShakeNearby(server.services.db, account.accountId)
  return account
}

/** An account with `count` devices, of which the first has page 1, the second page 2 and so on. */
export async function anAccountWithPages(server: TestServer, { count = 1, pageUrl = 'https://example.com/p' } = {}) {
  const account = await anOpenAccount(server)
  const { db } = server.services
  const { accountId } = account
  const { firstDeviceId: first } = await giveDevices(db, accountId, { count })
  for (let page = 1; page <= count; page += 1) {
    await bindPages(server.services, { accountId, deviceId: first + page - 1 }, [page], pageUrl)
  }
  return { account, accountId, first }
}

export async function countsOf(server: TestServer, accountId: number) {
  await server.services.shakes.tally.flush()
  const rows = await server.services.db
    .selectFrom('shake_count')
    .select(['day', 'subject', 'subject_id', 'shake_pv', 'shake_uv', 'click_pv', 'click_uv'])
    .where('account_id', '=', accountId)
    .orderBy('day')
    .orderBy('subject')
    .orderBy('subject_id')
    .execute()
  return rows.map((row) => ({ ...row }))
}
