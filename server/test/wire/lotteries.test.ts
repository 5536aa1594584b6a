import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { aLottery } from 'shenpi-conformance/requests'
import { MCHID } from 'shenpi-conformance/world/world'
import { findAccountByAppid } from '../../src/accounts/account.store.ts'
import { lockJournal } from '../../src/journal/journal.store.ts'
import { drawPacket } from '../../src/lotteries/draw-packet.ts'
import { signDraw } from '../../src/lotteries/draw-sign.ts'
import { enterPackets } from '../../src/lotteries/enter-packets.ts'
import { parseLotteryId } from '../../src/lotteries/lottery-id.ts'
import { saveDrawn, saveEntered } from '../../src/lotteries/red-packet.store.ts'
import { DATABASES } from '../databases.ts'
import { apiProblem } from '../problem.ts'
import { bindPages, giveDevices } from '../shake-fixtures.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { anOpenAccount, hears, shake } from './shaking.ts'
import { refusedWith, stageRace } from './stage-race.ts'

const HOUR_S = 3600
const KEY = '0123456789abcdef0123456789abcdef'
const LOTTERY = '/shakearound/lottery'

/** A lottery of an hour that began a minute ago, and the key of its row. */
async function addLottery(server: TestServer, account: WireClient, changes: Record<string, unknown> = {}) {
  const now = Math.floor(server.clock.now().getTime() / 1000)
  const { use_template, logo_url, ...body } = aLottery(account.appid, 'https://example.com/icon', {
    begin_time: now - 60,
    expire_time: now + HOUR_S,
    ...changes,
  })
  const query = `use_template=${use_template}&logo_url=${logo_url}`
  const { json } = await account.post(`${LOTTERY}/addlotteryinfo`, body, query)
  assert.equal(json.errcode, 0, json.errmsg)
  const key = parseLotteryId(json.lottery_id)
  assert.ok(key)
  return { id: String(json.lottery_id), pageId: Number(json.page_id), key }
}

async function preorder(server: TestServer, { appid }: WireClient, packets: { ticket: string; amount: number }[]) {
  const expires_at = new Date(server.clock.now().getTime() + 2 * HOUR_S * 1000).toISOString()
  return await server.api.call(api.preorderRedPackets, {
    params: { appid },
    body: { mchid: MCHID, expires_at, packets },
  })
}

async function fill(server: TestServer, account: WireClient, lottery_id: string, ...tickets: string[]) {
  await preorder(
    server,
    account,
    tickets.map((ticket, index) => ({ ticket, amount: 100 + index })),
  )
  const prize_info_list = tickets.map((ticket) => ({ ticket }))
  const body = { lottery_id, mchid: MCHID, sponsor_appid: account.appid, prize_info_list }
  const { json } = await account.post(`${LOTTERY}/setprizebucket`, body)
  assert.deepEqual(json, { errcode: 0, errmsg: '', success_num: tickets.length })
}

const draw = (server: TestServer, lottery_id: string, openid: string, changes: object = {}) => {
  const noncestr = '5K8264ILTKCH16CQ'
  const sign = signDraw({ openid, lottery_id, noncestr }, KEY)
  return server.api.call(api.drawPacket, { params: { lottery_id }, body: { openid, noncestr, sign, ...changes } })
}

const resultOf = async (account: WireClient, id: string) =>
  (await account.get(`${LOTTERY}/querylottery`, `lottery_id=${id}`)).json.result

for (const kind of DATABASES) {
  describe(`a lottery on ${kind.name}`, () => {
    let server: TestServer
    before(async () => {
      server = await startTestServer(kind)
    })
    after(() => server?.[Symbol.asyncDispose]())

    test('gives each who draws a packet once, as long as there is one', async () => {
      const account = await anOpenAccount(server)
      const { id } = await addLottery(server, account)
      assert.deepEqual(await draw(server, id, 'o1'), { outcome: 'none_left', packet: null })
      await fill(server, account, id, 'v1|a', 'v1|b')
      const first = { ticket: 'v1|a', amount: 100 }
      assert.deepEqual(await draw(server, id, 'o1'), { outcome: 'won', packet: first })
      assert.deepEqual(await draw(server, id, 'o1'), { outcome: 'won_before', packet: first })
      assert.deepEqual((await draw(server, id, 'o2')).packet, { ticket: 'v1|b', amount: 101 })
      assert.equal((await draw(server, id, 'o3')).outcome, 'none_left')
      const { drawed_prizes, drawed_value, available_prizes } = await resultOf(account, id)
      assert.deepEqual([drawed_prizes, drawed_value, available_prizes], [2, 201, 0])
    })

    test('gives nothing while it is off, before it begins and when it is over', async () => {
      const account = await anOpenAccount(server)
      const now = Math.floor(server.clock.now().getTime() / 1000)
      const { id } = await addLottery(server, account, { begin_time: now + 60, onoff: 0 })
      await fill(server, account, id, 'v1|a')
      assert.equal((await draw(server, id, 'o1')).outcome, 'not_begun')
      server.clock.advance(60_000)
      assert.equal((await draw(server, id, 'o1')).outcome, 'off')
      assert.equal((await account.get(`${LOTTERY}/setlotteryswitch`, `lottery_id=${id}&onoff=1`)).json.errcode, 0)
      assert.equal((await draw(server, id, 'o1')).outcome, 'won')
      server.clock.advance((HOUR_S - 60) * 1000)
      assert.equal((await draw(server, id, 'o2')).outcome, 'over')
      assert.equal((await draw(server, id, 'o1')).outcome, 'won_before', 'what is won stays so')
    })

    test('does not give a packet that has expired, and counts it', async () => {
      const account = await anOpenAccount(server)
      const now = Math.floor(server.clock.now().getTime() / 1000)
      const { id } = await addLottery(server, account, { expire_time: now + 10 * HOUR_S })
      await fill(server, account, id, 'v1|a', 'v1|b')
      await draw(server, id, 'o1')
      server.clock.advance(2 * HOUR_S * 1000)
      assert.equal((await draw(server, id, 'o2')).outcome, 'none_left')
      const again = await server.connect(account)
      const { expired_prizes, expired_value, drawed_prizes, available_prizes } = await resultOf(again, id)
      assert.deepEqual([expired_prizes, expired_value, drawed_prizes, available_prizes], [1, 101, 1, 0])
    })

    test('takes the sign of a draw as a client in use makes it, and no other', async () => {
      // wechat-api signs so, with the sample values of its documentation.
      const sample = {
        openid: 'o-hVKuNknQQBZFDlbE8eibQzIX3o',
        lottery_id: '5794560',
        noncestr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
      }
      assert.equal(signDraw(sample, KEY), '2F79EAFB3A55E6E13AE93E3C28360659')
      const account = await anOpenAccount(server)
      const { id } = await addLottery(server, account)
      const good = { openid: 'o1', lottery_id: id, noncestr: '5K8264ILTKCH16CQ' }
      await draw(server, id, 'o1', { sign: signDraw(good, KEY).toLowerCase() })
      const refused = apiProblem('draw.sign_wrong', 403)
      for (const sign of ['', 'x', signDraw({ ...good, openid: 'o2' }, KEY), signDraw(good, KEY.toUpperCase())]) {
        await assert.rejects(draw(server, id, 'o1', { sign }), refused)
      }
      for (const lottery_id of ['19999991', '1', 'x', `${id}0`]) {
        await assert.rejects(draw(server, lottery_id, 'o1'), apiProblem('lottery.unknown', 404))
      }
    })

    test('is drawn in by the page that was made for it, which a shake shows', async () => {
      const account = await anOpenAccount(server)
      const { accountId } = account
      const { firstDeviceId: first } = await giveDevices(server.services.db, accountId, { count: 1 })
      const { id, pageId } = await addLottery(server, account)
      await fill(server, account, id, 'v1|a')
      const tickets = new Map<number, string>()
      const seen = async (page: number) => {
        const request = { device_identifier: { device_id: first }, page_ids: [page] }
        assert.equal((await account.post('/shakearound/device/bindpage', request)).json.errcode, 0)
        const [shown] = await shake(server, { beacons: hears(first), openid: 'o1' })
        tickets.set(page, shown?.ticket ?? '')
        return shown?.lottery_id
      }
      await bindPages(server.services, { accountId, deviceId: first }, [99])
      assert.equal(await seen(99), null)
      assert.equal(await seen(pageId), id)
      const drawOf = (ticket = '') => server.api.call(api.drawShakenPacket, { params: { ticket } })
      assert.deepEqual(await drawOf(tickets.get(pageId)), { outcome: 'won', packet: { ticket: 'v1|a', amount: 100 } })
      await assert.rejects(drawOf(tickets.get(99)), apiProblem('lottery.unknown', 404))
      await assert.rejects(drawOf('f00d'), apiProblem('ticket.invalid', 404))
      server.clock.advance(30 * 60_000)
      await assert.rejects(drawOf(tickets.get(pageId)), apiProblem('ticket.invalid', 404))
    })

    test('has a page that says how it stands, and shows no mark-up of a merchant', async () => {
      const account = await anOpenAccount(server)
      const { id } = await addLottery(server, account, { title: '<b>礼', jump_url: 'https://example.com/"><i>' })
      const { json } = await account.post('/shakearound/page/search', { type: 2, begin: 0, count: 1 })
      const link = json.data.pages[0].page_url
      assert.equal(link, `${server.url}/lotteries/${id}`)
      const page = await fetch(link)
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
      const html = await page.text()
      assert.match(html, /<h1>&#60;b&#62;礼<\/h1>.*抽奖进行中/s)
      assert.ok(!html.includes('<i>'))
      await account.get(`${LOTTERY}/setlotteryswitch`, `lottery_id=${id}&onoff=0`)
      assert.match(await (await fetch(link)).text(), /抽奖已关闭/)
      for (const unknown of ['1', `${id}9`, 'x']) {
        assert.equal((await fetch(`${server.url}/lotteries/${unknown}`)).status, 404)
      }
    })

    test('tells the merchant who has won what, once', async () => {
      const account = await anOpenAccount(server)
      const { id } = await addLottery(server, account)
      await fill(server, account, id, 'v1|a')
      await draw(server, id, 'oWinner')
      await draw(server, id, 'oWinner')
      await draw(server, id, 'oLoser')
      const { items } = await server.api.call(api.listDeliveries, { query: { appid: account.appid } })
      assert.deepEqual(
        items.map(({ event }) => event),
        ['ShakearoundLotteryBind'],
      )
      const { message } = await server.services.db
        .selectFrom('callback_delivery')
        .select('message')
        .where('account_id', '=', account.accountId)
        .executeTakeFirstOrThrow()
      const second = Math.floor(server.clock.now().getTime() / 1000)
      const { ToUserName: _, ...fields } = JSON.parse(message)
      assert.deepEqual(fields, {
        FromUserName: 'oWinner',
        CreateTime: second,
        MsgType: 'event',
        Event: 'ShakearoundLotteryBind',
        LotteryId: id,
        Ticket: 'v1|a',
        Money: 100,
        BindTime: second,
      })
    })

    test('is not counted with more than 10,000 packets', async () => {
      const account = await anOpenAccount(server)
      const { id, key } = await addLottery(server, account)
      const holding = (packets: number) =>
        server.services.db
          .updateTable('lottery')
          .set({ packets })
          .where('account_id', '=', key.accountId)
          .where('lottery_no', '=', key.lotteryNo)
          .execute()
      await holding(10_000)
      assert.equal((await resultOf(account, id)).available_prizes, 0)
      await holding(10_001)
      const result = await resultOf(account, id)
      assert.equal(result.prize_count, 10_001)
      assert.ok(!('available_prizes' in result) && !('drawed_value' in result))
    })

    test('takes packets that are noted once, and the trail tells who noted them', async () => {
      const account = await anOpenAccount(server)
      assert.deepEqual(await preorder(server, account, [{ ticket: 'v1|a', amount: 100 }]), { added: 1 })
      const refused = apiProblem('red_packet.known', 409)
      await assert.rejects(
        preorder(server, account, [
          { ticket: 'v1|b', amount: 1 },
          { ticket: 'v1|a', amount: 1 },
        ]),
        refused,
      )
      await assert.rejects(
        preorder(server, account, [
          { ticket: 'v1|c', amount: 1 },
          { ticket: 'v1|c', amount: 1 },
        ]),
        refused,
      )
      const { items } = await server.api.call(api.listTrail, { query: { appid: account.appid } })
      assert.deepEqual(
        items.filter(({ action }) => action.startsWith('red_packet')).map(({ actor, detail }) => [actor, detail]),
        [['key:first', { packets: 1, value: 100 }]],
      )
    })

    test('gives the last packet to one of two, and the same person one of two', async () => {
      const account = await anOpenAccount(server)
      const { services } = server
      const { id, key } = await addLottery(server, account)
      await fill(server, account, id, 'v1|a', 'v1|b')
      const { accountId } = key
      const at = server.clock.now()
      const same = await stageRace(
        services.db,
        async (trx) => {
          await lockJournal(trx, accountId)
          await saveDrawn(trx, { accountId, ticket: 'v1|a', openid: 'o1', at })
        },
        () => drawPacket(services, key, 'o1'),
      )
      assert.equal(same.status === 'fulfilled' && (same.value as { outcome: string }).outcome, 'won_before')
      const other = await stageRace(
        services.db,
        async (trx) => {
          await lockJournal(trx, accountId)
          await saveDrawn(trx, { accountId, ticket: 'v1|b', openid: 'o2', at })
        },
        () => drawPacket(services, key, 'o3'),
      )
      assert.equal(other.status === 'fulfilled' && (other.value as { outcome: string }).outcome, 'none_left')
    })

    test('does not take a packet that another one takes at the same time', async () => {
      const account = await anOpenAccount(server)
      const { services } = server
      const [one, other] = [await addLottery(server, account), await addLottery(server, account)]
      await preorder(server, account, [{ ticket: 'v1|a', amount: 100 }])
      const owner = await findAccountByAppid(services.db, account.appid)
      assert.ok(owner)
      const { lotteryNo } = other.key
      const entered = { lotteryNo, mchid: MCHID, sponsorAppid: account.appid, tickets: ['v1|a', 'v1|x'] }
      const second = await stageRace(
        services.db,
        async (trx) => {
          await lockJournal(trx, account.accountId)
          await saveEntered(trx, one.key, ['v1|a'])
        },
        () => enterPackets(services, owner, entered),
      )
      assert.equal(refusedWith(second), 'lottery.none_valid')
    })
  })
}
