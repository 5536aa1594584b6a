import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import CoWechatApi from 'co-wechat-api'
import { DATABASES } from '../databases.ts'
import { listen } from '../listener.ts'
import { type CallMethod, drive, servedMethods } from './drive.ts'
import {
  applyForDevices,
  beShaken,
  describeDevice,
  keepStore,
  openShakeNearby,
  readStatistics,
  showPages,
} from './merchant.ts'
import { aPhoto } from './photo.ts'
import { type Platform, startPlatform } from './platform.ts'

// co-wechat-api writes https://api.weixin.qq.com into each of its calls for Shake Nearby. What it lets its users choose is
// how it connects: `setOpts` takes an agent, and the agent's own host and port win over those of a request. The name stays
// what the certificate is checked against.

const DONE = { data: {}, errcode: 0, errmsg: 'success.' }
/** It passes the file to its HTTP library under a name that the library does not know: see below. */
const BROKEN = ['uploadLogo']

function connect({ server, agent }: Platform): CoWechatApi {
  const client = new CoWechatApi(server.sandbox.appid, server.sandbox.secret)
  client.setOpts({ agent })
  return client
}

const invokerOf =
  (client: CoWechatApi): CallMethod =>
  (name, ...args) =>
    client[name](...args)

for (const kind of DATABASES) {
  describe(`co-wechat-api on ${kind.name}`, () => {
    let platform: Platform
    before(async () => {
      platform = await startPlatform(kind)
    })
    after(() => platform[Symbol.asyncDispose]())

    test('succeeds with every method', async (t) => {
      await using photo = await aPhoto()
      const { server } = platform
      const client = connect(platform)
      const { call, worked } = drive(invokerOf(client))

      await t.test('gets a token and keeps it', async () => {
        const { accessToken } = await call('getAccessToken')
        assert.equal((await call('ensureAccessToken')).accessToken, accessToken)
      })
      await t.test('opens Shake Nearby', () => openShakeNearby(server, call))
      await t.test('applies for devices', async () => {
        await applyForDevices(server, call)
      })
      await t.test('describes a device', () => describeDevice(call))
      await t.test('adds and shows pages, and deletes one', async () => {
        const { pic_url } = (await call('uploadPageIcon', photo.path)).data
        assert.equal((await fetch(pic_url)).headers.get('content-type'), 'image/jpeg')
        await showPages(call, pic_url)
        await assert.rejects(call('deletePages', [1]), { code: 9001029 })
        assert.deepEqual(await call('deletePages', [2]), DONE)
      })
      await t.test('reads statistics of a shake the day after, when its token has expired', async () => {
        const { accessToken } = client.store
        const day = await beShaken(server, call)
        await readStatistics(call, day)
        assert.notEqual(client.store.accessToken, accessToken)
      })
      await t.test('uploads a photo, and adds and changes a store', async () => {
        const { url } = await call('uploadImage', photo.path)
        assert.equal((await fetch(url)).headers.get('content-type'), 'image/jpeg')
        await keepStore(server, call, url)
      })
      await t.test('makes a call that it has no method for', async () => {
        const { accessToken } = await call('ensureAccessToken')
        const answer = await call('request', `${client.prefix}poi/getwxcategory?access_token=${accessToken}`)
        assert.ok(answer.category_list.includes('美食,小吃快餐'))
      })

      assert.deepEqual([...worked, ...BROKEN].sort(), servedMethods(client))
    })

    test('renews its token as it does on the platform', async (t) => {
      await t.test('replaces an unknown token and repeats the call', async () => {
        const client = connect(platform)
        await client.saveToken({ accessToken: 'unknown', expireTime: Infinity })
        assert.equal((await client.getPois(0, 1)).total_count, 1)
        assert.notEqual(client.store.accessToken, 'unknown')
      })
      await t.test('replaces an expired token and repeats the call', async () => {
        const client = connect(platform)
        await client.getAccessToken()
        const { accessToken } = client.store
        platform.server.clock.advance(7200_000)
        assert.equal((await client.getPois(0, 1)).total_count, 1)
        assert.notEqual(client.store.accessToken, accessToken)
      })
      await t.test(
        'repeats an upload that had an unknown token without the file, and succeeds the next time',
        async () => {
          await using photo = await aPhoto()
          const client = connect(platform)
          client.setOpts({ agent: platform.agent, readTimeout: 1000 })
          await client.saveToken({ accessToken: 'unknown', expireTime: Infinity })
          await assert.rejects(client.uploadImage(photo.path), { name: 'RequestTimeoutError' })
          client.setOpts({ agent: platform.agent })
          assert.equal((await client.uploadImage(photo.path)).errmsg, 'ok')
        },
      )
      await t.test('reports an unknown token that somebody else gave it', async () => {
        const { appid, secret } = platform.server.sandbox
        const getToken = async () => ({ accessToken: 'unknown', expireTime: Infinity })
        const client = new CoWechatApi(appid, secret, getToken, async () => {}, true)
        client.setOpts({ agent: platform.agent })
        await assert.rejects(client.getPois(0, 1), { name: 'WeChatAPIError', code: 40001 })
      })
    })
  })
}

test('co-wechat-api cannot upload a logo anywhere: its uploadLogo announces a file and sends none', async () => {
  const announced: string[] = []
  let sent = 0
  await using host = await listen((request) => {
    announced.push(`${request.method} ${request.url} ${request.headers['content-type']?.split(';')[0]}`)
    request
      .on('data', (chunk: Buffer) => {
        sent += chunk.length
      })
      .on('error', () => {})
  })
  const getToken = async () => ({ accessToken: 'token', expireTime: Infinity })
  const client = new CoWechatApi('wx', 'secret', getToken)
  client.setOpts({ readTimeout: 1000 })
  client.fileServerPrefix = `http://127.0.0.1:${host.port}/cgi-bin/`
  await using photo = await aPhoto()
  await assert.rejects(client.uploadLogo(photo.path), { name: 'RequestTimeoutError' })
  assert.deepEqual(announced, ['POST /cgi-bin/media/uploadimg?access_token=token multipart/form-data'])
  assert.equal(sent, 0)
})
