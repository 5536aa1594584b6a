import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { aLottery } from 'shenpi-conformance/requests'
import WechatApi from 'wechat-api'
import { DATABASES } from '../databases.ts'
import { aFile, aPicture } from '../factories.ts'
import { listen } from '../listener.ts'
import type { TestServer } from '../start-server.ts'
import { type CallMethod, drive, servedMethods } from './drive.ts'
import {
  applyForDevices,
  beShaken,
  COUNTS,
  describeDevice,
  keepStore,
  openShakeNearby,
  readStatistics,
  showPages,
} from './merchant.ts'
import { aPhoto } from './photo.ts'
import { type Platform, startPlatform } from './platform.ts'

// wechat-api lets its host be set: `setEndpoint` for its calls, which stay on https, and `fileServerPrefix` for
// uploadLogo's. Besides that it must only trust the certificate.

const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
const OK = { errcode: 0, errmsg: 'ok' }
const DONE = { data: {}, errcode: 0, errmsg: 'success.' }
/** It reads `this` where there is none: see below. */
const BROKEN = ['uploadPageIcon']

function connect({ server, host }: Platform, getToken?: ConstructorParameters<typeof WechatApi>[2]): WechatApi {
  const client = new WechatApi(server.sandbox.appid, server.sandbox.secret, getToken)
  client.setEndpoint(host)
  client.fileServerPrefix = `https://${host}/cgi-bin/`
  return client
}

const invokerOf =
  (client: WechatApi): CallMethod =>
  (name, ...args) =>
    promisify(client[name]).apply(client, args)

for (const kind of DATABASES) {
  describe(`wechat-api on ${kind.name}`, () => {
    let platform: Platform
    before(async () => {
      platform = await startPlatform(kind)
    })
    after(() => platform[Symbol.asyncDispose]())

    test('succeeds with every method', async (t) => {
      const { server } = platform
      const client = connect(platform)
      const { call, worked } = drive(invokerOf(client))

      await t.test('gets a token and keeps it', async () => {
        const { accessToken } = await call('getAccessToken')
        assert.equal((await call('getLatestToken')).accessToken, accessToken)
      })
      await t.test('opens Shake Nearby', () => openShakeNearby(server, call))
      await t.test('applies for devices', async () => {
        const applyId = await applyForDevices(server, call)
        const { data } = await call('applyBeaconsStatus', applyId)
        assert.deepEqual(Object.keys(data), ['apply_time', 'audit_comment', 'audit_status', 'audit_time'])
        assert.equal(data.audit_status, 2)
      })
      await t.test('describes a device', () => describeDevice(call))
      await t.test('adds and shows pages, and deletes one', async () => {
        const icon = await server.sandbox.upload('/shakearound/material/add', aFile(await aPicture()))
        await showPages(call, icon.json.data.pic_url)
        await assert.rejects(call('deletePage', 1), { code: 9001029 })
        assert.deepEqual(await call('deletePage', 2), DONE)
      })
      await t.test('groups devices', () => groupDevices(call))
      await t.test('reads statistics of a shake', async () => {
        const day = await beShaken(server, call)
        await call('getAccessToken')
        await readStatistics(call, day)
        await readLists(call, day)
      })
      await t.test('uploads photos, and adds and changes a store', async () => {
        const photo = await uploadPhotos(call)
        await keepStore(server, call, photo)
        assert.ok((await call('getWXCategory')).category_list.includes('美食,小吃快餐'))
      })
      await t.test('creates, fills and switches a lottery', () => keepLottery(server, client, call))
      await t.test('clears its quota', async () => {
        assert.deepEqual(await call('clearQuota', server.sandbox.appid), OK)
        await assert.rejects(call('clearQuota', 'wx00000000000000aa'), { code: 40013 })
      })
      await t.test('makes a call that it has no method for', async () => {
        assert.ok((await listCategories(client))?.category_list.includes('美食,小吃快餐'))
        worked.add('preRequest')
      })

      assert.deepEqual([...worked, ...BROKEN].sort(), servedMethods(client))
    })

    test('renews its token as it does on the platform', async (t) => {
      await t.test('repeats a call with the token that its store has by then', async () => {
        const { accessToken } = await invokerOf(connect(platform))('getAccessToken')
        const stored = ['unknown', accessToken]
        const client = connect(platform, (done) => {
          done(null, { accessToken: `${stored.shift()}`, expireTime: Infinity })
        })
        assert.equal((await invokerOf(client)('getPois', 0, 1)).total_count, 1)
        assert.deepEqual(stored, [])
      })
      await t.test('fails while its store has only an unknown token, until it is told to get another', async () => {
        const call = invokerOf(connect(platform))
        await call('saveToken', { accessToken: 'unknown', expireTime: Infinity })
        await assert.rejects(call('getPois', 0, 1), { name: 'WeChatAPIError', code: 40001 })
        await call('getAccessToken')
        assert.equal((await call('getPois', 0, 1)).total_count, 1)
      })
      await t.test('replaces a token that its own clock says has expired', async () => {
        const call = invokerOf(connect(platform))
        await call('saveToken', { accessToken: 'unknown', expireTime: 0 })
        assert.equal((await call('getPois', 0, 1)).total_count, 1)
      })
    })
  })
}

async function groupDevices(call: CallMethod): Promise<void> {
  const { group_id } = (await call('addBeaconGroup', { group_name: '北厅' })).data
  assert.deepEqual(await call('updateBeaconGroup', { group_id, group_name: '南厅' }), DONE)
  const group = { group_id, group_name: '南厅' }
  assert.deepEqual((await call('listBeaconGroup', { begin: 0, count: 10 })).data, { groups: [group], total_count: 1 })

  const device_identifiers = [{ device_id: 1 }, { uuid: UUID, major: 1, minor: 2 }]
  assert.deepEqual(await call('addGroupBeacons', { group_id, device_identifiers }), DONE)
  const { devices, ...rest } = (await call('queryGroupBeacons', { group_id, begin: 0, count: 10 })).data
  assert.deepEqual(rest, { ...group, total_count: 2 })
  assert.deepEqual(devices[0], { device_id: 1, uuid: UUID, major: 1, minor: 1, comment: '门口', poi_id: 1234 })
  await assert.rejects(call('deleteBeaconGroup', group_id), { code: 9001054 })
  assert.deepEqual(await call('deleteGroupBeacons', { group_id, device_identifiers }), DONE)
  assert.deepEqual(await call('deleteBeaconGroup', group_id), DONE)
}

/** Its own sign of a draw is taken, too. */
async function keepLottery({ api, clock, sandbox }: TestServer, client: WechatApi, call: CallMethod): Promise<void> {
  const { appid } = sandbox
  const now = Math.floor(clock.now().getTime() / 1000)
  const { use_template, logo_url, ...lottery } = aLottery(appid, 'https://example.com/logo.png', {
    begin_time: now,
    expire_time: now + 3600,
  })
  const { lottery_id, ...rest } = await call('addLotteryInfo', { use_template, logo_url }, lottery)
  assert.deepEqual(rest, { errcode: 0, errmsg: '', page_id: 3 })
  const packets = [{ ticket: 'v1|ZiPs2l0h==', amount: 100 }]
  const expires_at = new Date(clock.now().getTime() + 3_600_000).toISOString()
  await api.preorderRedPackets({ params: { appid }, body: { mchid: '10000098', expires_at, packets } })
  const entered = {
    lottery_id,
    mchid: '10000098',
    sponsor_appid: appid,
    prize_info_list: [{ ticket: 'v1|ZiPs2l0h==' }],
  }
  assert.deepEqual(await call('setPrizeBucket', entered), { errcode: 0, errmsg: '', success_num: 1 })
  // It hands back the bytes of this answer alone.
  for (const onoff of [0, 1]) {
    assert.equal(String(await call('setLotterySwitch', lottery_id, onoff)), '{"errcode":0,"errmsg":""}')
  }
  const signed = client.getShakehbConfig('o-1', lottery_id, lottery.key)
  assert.equal((await api.drawPacket({ params: { lottery_id }, body: signed })).outcome, 'won')
}

async function readLists(call: CallMethod, date: number): Promise<void> {
  const asked = { date, page_index: 1 }
  const answer = { ...DONE, ...asked, total_count: 1 }
  const device = { device_id: 1, uuid: UUID, major: 1, minor: 1, ...COUNTS }
  assert.deepEqual(await call('getDeviceStatisticsList', asked), { ...answer, data: { devices: [device] } })
  const page = { page_id: 1, ...COUNTS }
  assert.deepEqual(await call('getPageStatisticsList', asked), { ...answer, data: { pages: [page] } })
}

/** Upload by each of the three ways. @returns one of the links */
async function uploadPhotos(call: CallMethod): Promise<string> {
  await using photo = await aPhoto()
  await using merchantSite = await listen(async (request, response) => {
    response.end(JSON.stringify(await call('uploadImageStream', request)))
  })
  const form = new FormData()
  form.set('media', new Blob([await readFile(photo.path)], { type: 'image/jpeg' }), 'photo.jpg')
  const passedOn = await fetch(`http://127.0.0.1:${merchantSite.port}/`, { method: 'POST', body: form })
  const answers = [await call('uploadImage', photo.path), await call('uploadLogo', photo.path), await passedOn.json()]
  for (const { url } of answers) assert.equal((await fetch(url)).headers.get('content-type'), 'image/jpeg')
  return answers[0].url
}

/** `preRequest` hands a token to a call of the caller's own. */
const listCategories = promisify((client: WechatApi, done: WechatApi.Callback<{ category_list: string[] }>) => {
  function call(answered: WechatApi.Callback<unknown>) {
    const url = `${client.endpoint}/cgi-bin/api_getwxcategory?access_token=${client.token.accessToken}`
    client.request(url, { dataType: 'json' }, answered)
  }
  client.preRequest(call, [done])
})

test('wechat-api cannot upload an icon anywhere: its uploadPageIcon ends the process', async () => {
  const script = `
    const WechatApi = require('wechat-api')
    const client = new WechatApi('wx', 'secret', (done) => done(null, { accessToken: 'token', expireTime: Infinity }))
    client.uploadPageIcon(process.execPath, () => console.log('called back'))`
  await assert.rejects(promisify(execFile)(process.execPath, ['--eval', script], { cwd: import.meta.dirname }), {
    code: 1,
    stdout: '',
    stderr: /api_shakearound\.js.*TypeError: Cannot read properties of undefined \(reading 'endpoint'\)/s,
  })
})
