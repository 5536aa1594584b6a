import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { categories, deviceBatches, groups, lotteries, pages, quotas, relations, shopAudits, tokens } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import { fill } from 'shenpi-conformance/fill'
import { aLottery, aPage } from 'shenpi-conformance/requests'
import type { Given } from 'shenpi-conformance/world/given'
import { CREDENTIALS, daysAgo, MCHID, OPENID, PACKETS, PICTURES, UUID } from 'shenpi-conformance/world/world'
import { inDataDir } from '../../src/data-dir/data-dir.ts'
import { ratesOf } from '../../src/quotas/call-rates.ts'
import { decide } from '../decide.ts'
import { aBatch } from '../factories.ts'
import { setShopStatus } from '../open-shop.ts'
import type { TestServer, WireClient } from '../start-server.ts'
import { exchange } from '../wire/exchange.ts'
import type { World } from './world.ts'

/** How each thing that no call of the wire brings about is brought about. */
export const GIVENS: Record<Given, (world: World) => Promise<void>> = {
  async 'the merchant has pages 1 to 31'({ members: { merchant } }) {
    for (let page = 1; page <= 31; page += 1) await merchant.post(pages.pageAdd.path, aPage(PICTURES.merchant.icon))
  },

  async 'device 2 was last shaken at 1437276018'({ server: { services }, members: { merchant } }) {
    const last_active_at = 1_437_276_018_999
    await services.db
      .insertInto('device')
      .values({ account_id: merchant.accountId, device_id: 2, last_active_at })
      .onConflict((conflict) => conflict.columns(['account_id', 'device_id']).doUpdateSet({ last_active_at }))
      .execute()
  },

  async 'the merchant has 1000 groups'({ server: { services }, members: { merchant } }) {
    const { db } = services
    const had = await db.selectFrom('device_group').where('account_id', '=', merchant.accountId).selectAll().execute()
    const rows = Array.from({ length: 1000 - had.length }, (_, index) => ({
      account_id: merchant.accountId,
      group_id: 500_000 + index,
      group_name: 'one of many',
      device_count: 0,
      created_at: 0,
    }))
    await db.insertInto('device_group').values(rows).execute()
  },

  async 'group 1 holds 10,000 devices'({ server, members: { merchant } }) {
    const ids = Array.from({ length: 10_000 }, (_, index) => 9 + index)
    await server.api.call(api.applyForDeviceQuota, {
      params: { appid: merchant.appid },
      body: { quantity: 10_000, purpose: 'a large hall' },
    })
    await decideAll(server, merchant, 'approve')
    await merchant.post(deviceBatches.deviceApplyId.path, aBatch({ quantity: ids.length }))
    await decideAll(server, merchant, 'approve')
    for (let from = 0; from < ids.length; from += 1000) {
      const device_identifiers = ids.slice(from, from + 1000).map((device_id) => ({ device_id }))
      await merchant.post(groups.groupAddDevice.path, { group_id: 1, device_identifiers })
    }
  },

  async 'staff reject what the newcomer applied for'({ server, members: { newcomer } }) {
    await decideAll(server, newcomer, 'reject')
  },

  async 'staff reject what the merchant applied for'({ server, members: { merchant } }) {
    await decideAll(server, merchant, 'reject')
  },

  async 'staff approve what the merchant applied for'({ server, members: { merchant } }) {
    await decideAll(server, merchant, 'approve')
  },

  async 'a phone shakes near device 1, which has page 1'({ server, places }) {
    const beacons = [{ uuid: UUID, major: 1, minor: 1, distance: 2.35 }]
    const { pages } = await server.api.call(api.shake, { body: { openid: OPENID, beacons } })
    assert.equal(pages.length, 1)
    await server.services.shakes.tally.flush()
    places.ticket = pages[0]?.ticket
  },

  async 'red packets are pre-ordered for the merchant'({ server, members: { merchant }, places }) {
    for (const { place, amount, mchid = MCHID, isExpired, authMchid } of PACKETS) {
      const expires_at = new Date(server.clock.now().getTime() + (isExpired ? 0 : 86_400_000)).toISOString()
      const packets = [{ ticket: String(places[place]), amount }]
      const body = { mchid, expires_at, packets, ...(authMchid && { auth_mchid: authMchid }) }
      await server.api.call(api.preorderRedPackets, { params: { appid: merchant.appid }, body })
    }
  },

  async 'the stranger has a lottery'({ members: { stranger }, places }) {
    const { use_template, logo_url, ...body } = fill(
      aLottery(stranger.appid, 'https://example.com/icon'),
      places,
    ) as Record<string, unknown>
    const { json } = await stranger.post(
      `${lotteries.addLotteryInfo.path}?use_template=${use_template}&logo_url=${logo_url}`,
      body,
    )
    places.strangersLottery = json.lottery_id
  },

  async 'lottery 1 was filled by 3001 calls'({ server, members: { merchant } }) {
    const lottery = server.services.db.updateTable('lottery').set({ calls: 3001 })
    await lottery.where('account_id', '=', merchant.accountId).where('lottery_no', '=', 1).execute()
  },

  async 'a phone shakes near device 1, which has the page of lottery 1, and opens it'({ server, places }) {
    const beacons = [{ uuid: UUID, major: 1, minor: 1, distance: 2.35 }]
    const { pages } = await server.api.call(api.shake, { body: { openid: OPENID, beacons } })
    assert.deepEqual(
      pages.map(({ lottery_id }) => lottery_id),
      [places.lottery1],
    )
    const params = { ticket: pages[0]?.ticket ?? '' }
    assert.equal((await server.api.call(api.drawShakenPacket, { params })).outcome, 'won')
    await server.services.shakes.tally.flush()
  },

  async 'an hour passes'({ server }) {
    server.clock.advance(3_600_000)
  },

  async 'people shook near devices 1 and 2 one and three days ago'({ server: { services }, members: { merchant } }) {
    const { tally, bindings } = services.shakes
    const { accountId } = merchant
    for (const pageId of [1, 2]) {
      await merchant.post(pages.pageAdd.path, aPage(PICTURES.merchant.icon))
      const request = { device_identifier: { device_id: pageId }, page_ids: [pageId] }
      await merchant.post(relations.deviceBindPage.path, request)
    }
    bindings.forget(accountId)
    const count = (interaction: 'shake' | 'click', days: number, deviceId: number, visitor: number) => {
      const at = new Date((daysAgo(days) + 3600) * 1000)
      tally.count(interaction, { accountId, deviceId, pageId: deviceId, visitor, at })
    }
    for (const visitor of [1, 1, 2]) count('shake', 3, 1, visitor)
    count('click', 3, 1, 2)
    count('shake', 3, 2, 1)
    count('shake', 1, 1, 1)
    await tally.flush()
  },

  async 'the disk of the pictures is gone'({ server }) {
    const { pictures } = inDataDir(server.place.dataDir)
    await rm(pictures, { recursive: true })
    await writeFile(pictures, '')
  },

  'the operator wants half of the devices to be in use': (world) => world.restart({ ACTIVE_DEVICES_MIN: '50' }),

  'the operator requires HTTPS': (world) => world.restart({ REQUIRE_HTTPS: 'yes', TRUST_PROXY: '127.0.0.0/8' }),

  async 'the operator bans the merchant from the component'({ server, members: { merchant } }) {
    await setShopStatus(server, merchant, 'banned')
  },

  async 'the operator connects the merchant again'({ server, members: { merchant } }) {
    await setShopStatus(server, merchant, 'connected')
  },

  async 'the operator cancels the merchant’s access'({ server, members: { merchant } }) {
    await setShopStatus(server, merchant, 'cancelled')
  },

  async 'a second passes'({ server }) {
    server.clock.advance(1000)
  },

  async 'a minute passes'({ server }) {
    server.clock.advance(60_000)
  },

  async 'half an hour less a second passes'({ server }) {
    server.clock.advance(30 * 60_000 - 1000)
  },

  async 'the stranger has forced 20 refreshes today'({ server }) {
    const request = { grant_type: 'client_credential', ...CREDENTIALS.stranger, force_refresh: true }
    for (let refresh = 0; refresh <= 20; refresh += 1) {
      await exchange(server, tokens.stableToken, undefined, { body: request })
      server.clock.advance(30_000)
    }
  },

  async 'the merchant has reset its quota 10 times this month'({ members: { merchant } }) {
    for (let reset = 0; reset < 10; reset += 1) {
      await merchant.post(quotas.clearQuota.path, { appid: merchant.appid })
    }
  },

  async 'the merchant and the stranger were refused something'({ places, members: { merchant, stranger } }) {
    const ridOf = async (client: WireClient) => {
      const { json } = await client.post(shopAudits.auditResult.path, '{')
      return / rid: (\S+)$/.exec(json.errmsg)?.[1]
    }
    places.merchantsRid = await ridOf(merchant)
    places.strangersRid = await ridOf(stranger)
  },

  'the stranger may make a call once a minute': ({ server }) => limitStranger(server, { minute_limit: 1 }),

  'the stranger may make a call once a day': ({ server }) => limitStranger(server, { daily_limit: 1 }),

  async 'the stranger has made 20,000 calls of the shop this second'({ server, members: { stranger } }) {
    await limitStranger(server, {})
    server.clock.advance(1000)
    const { usage, config } = server.services
    const rates = ratesOf(categories.catGet, config.rates)
    for (let calls = 0; calls < 20_000; calls += 1) await usage.take(stranger.accountId, categories.catGet.path, rates)
  },

  'the stranger is served from 203.0.113.7 alone': ({ server }) => limitStranger(server, { ip_allow: ['203.0.113.7'] }),
}

/** Decide whatever a member has under review. */
async function decideAll(server: TestServer, { appid }: WireClient, move: Move) {
  const { items } = await server.api.call(api.listApplications, { query: { appid, state: 'under_review' } })
  for (const { id } of items) await decide(server, id, move, move === 'reject' ? '证件不清晰' : '')
}

async function limitStranger(
  server: TestServer,
  limits: { ip_allow?: string[]; daily_limit?: number; minute_limit?: number },
) {
  const { appid } = CREDENTIALS.stranger
  await server.api.call(api.setLimits, { params: { appid }, body: { ip_allow: [], ...limits } })
}
