import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decryptMessage, encryptMessage, sign } from '@shenpi/sdk/callbacks'
import { api } from '@shenpi/sdk/contract/api'
import { CALLBACK_FORMATS } from '@shenpi/sdk/contract/states'
import { XMLParser } from 'fast-xml-parser'
import WechatCrypto from 'wechat-crypto'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aFile, aPicture, aStore } from '../factories.ts'
import { startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer } from '../start-server.ts'

/** Approve a store, of which a callback tells its merchant. @returns its id */
async function approveStore(server: TestServer): Promise<number> {
  const { sandbox } = server
  const form = new FormData()
  form.set('buffer', aFile(await aPicture({ format: 'jpeg' }), 'image/jpeg'), 'photo.jpg')
  const { url } = (await sandbox.form('/cgi-bin/media/uploadimg', form)).json
  const { poi_id } = (await sandbox.post('/cgi-bin/poi/addpoi', aStore(url))).json
  const { items } = await server.api.call(api.listApplications, { query: { state: 'under_review' } })
  await decide(server, items[0]?.id ?? '', 'approve')
  return poi_id
}

for (const kind of DATABASES) {
  test(`wechat-crypto verifies and decrypts callbacks on ${kind.name}`, async (t) => {
    await using server = await startTestServer(kind)
    const { appid } = server.sandbox
    for (const mode of ['secure', 'compatible'] as const) {
      for (const format of CALLBACK_FORMATS) {
        await t.test(`verifies and decrypts a callback in ${mode} mode as ${format}`, async () => {
          await using receiver = await startReceiver()
          const { url, token, encodingAesKey } = receiver
          const body = { url, token, encoding_aes_key: encodingAesKey, mode, format }
          await server.api.call(api.setCallback, { params: { appid }, body })
          const poiId = await approveStore(server)
          const { query, body: sent } = await receiver.waitFor(1)

          // biome-ignore lint/suspicious/noExplicitAny: a message of any shape
          const read = (text: string): any => (format === 'xml' ? new XMLParser().parse(text).xml : JSON.parse(text))
          const { Encrypt, ...plain } = read(sent)
          const crypto = new WechatCrypto(token, encodingAesKey, appid)
          assert.equal(crypto.getSignature(query.timestamp ?? '', query.nonce ?? '', Encrypt), query.msg_signature)
          const { message, id } = crypto.decrypt(Encrypt)
          assert.equal(id, appid)
          const hidden = read(message)
          assert.deepEqual([hidden.Event, Number(hidden.PoiId), hidden.Result], ['poi_check_notify', poiId, 'succ'])
          assert.deepEqual(plain, mode === 'secure' ? { ToUserName: hidden.ToUserName } : hidden)
        })
      }
    }
  })
}

describe('wechat-crypto and @shenpi/sdk/callbacks', () => {
  const token = 'AAAAA'
  const encodingAesKey = 'A'.repeat(43)
  const appid = 'wxba5fad812f8e6fb9'
  const crypto = new WechatCrypto(token, encodingAesKey, appid)

  // With 30 of them the text ends on a block of the padding, which is then a whole block of its own.
  for (const length of [0, 1, 29, 30, 31, 1000]) {
    test(`read each other's message of ${length} characters`, () => {
      const message = '审'.repeat(length)
      const ours = encryptMessage({ encodingAesKey, appid, message })
      assert.deepEqual(crypto.decrypt(ours), { message, id: appid })
      const theirs = crypto.encrypt(message)
      assert.deepEqual(decryptMessage({ encodingAesKey, ciphertext: theirs }), { message, appid })
    })
  }

  test('make the same signatures', () => {
    const parts = ['1714112445', '415670741', crypto.encrypt('hello')] as const
    assert.equal(crypto.getSignature(...parts), sign([token, ...parts]))
  })
})
