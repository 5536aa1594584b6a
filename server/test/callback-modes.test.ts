import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decryptMessage } from '@shenpi/sdk/callbacks'
import { ApiProblem } from '@shenpi/sdk/client'
import { api } from '@shenpi/sdk/contract/api'
import { CALLBACK_FORMATS, CALLBACK_MODES, type CallbackFormat } from '@shenpi/sdk/contract/states'
import { XMLParser } from 'fast-xml-parser'
import { applyForCategory } from './apply-for-category.ts'
import { DATABASES } from './databases.ts'
import { startReceiver } from './receiver.ts'
import { startTestServer, type TestServer } from './start-server.ts'

/** What each mode sends, in words. */
const CONTENT = { plain: 'the message', compatible: 'the message twice', secure: 'it encrypted alone' }

/** An application for a category, decided. @returns its audit id */
async function decideSomething({ sandbox, api: client }: TestServer): Promise<string> {
  const audit_id = await applyForCategory(sandbox)
  const { version } = await client.call(api.getApplication, { params: { id: audit_id } })
  const body = { move: 'reject', reason: '证件不清晰' } as const
  await client.call(api.decideApplication, { params: { id: audit_id }, version, body })
  return audit_id
}

// biome-ignore lint/suspicious/noExplicitAny: a message of any shape
function read(body: string, format: CallbackFormat): any {
  return format === 'xml' ? new XMLParser().parse(body).xml : JSON.parse(body)
}

for (const kind of DATABASES) {
  describe(`callbacks on ${kind.name}`, () => {
    for (const mode of CALLBACK_MODES) {
      for (const format of CALLBACK_FORMATS) {
        test(`send ${CONTENT[mode]} in ${mode} mode as ${format}`, async () => {
          await using server = await startTestServer(kind)
          await using receiver = await startReceiver()
          const { url, token, encodingAesKey } = receiver
          const setting = await server.api.call(api.setCallback, {
            params: { appid: server.sandbox.appid },
            body: { url, token, ...(mode !== 'plain' && { encoding_aes_key: encodingAesKey }), mode, format },
          })
          assert.equal(setting.mode, mode)
          const auditId = await decideSomething(server)
          const { body, query } = await receiver.waitFor(1)
          const { Encrypt, ...plain } = read(body, format)

          assert.equal(query.encrypt_type, mode === 'plain' ? undefined : 'aes')
          if (mode === 'secure') assert.deepEqual(Object.keys(plain), ['ToUserName'])
          else assert.equal(plain.QualificationAuditResult.audit_id, auditId)
          if (mode !== 'secure') assert.equal(query.openid, plain.FromUserName)
          if (mode === 'plain') return assert.equal(Encrypt, undefined)
          const { message, appid } = decryptMessage({ encodingAesKey, ciphertext: Encrypt })
          assert.equal(appid, server.sandbox.appid)
          const hidden = read(message, format)
          assert.equal(hidden.QualificationAuditResult.audit_id, auditId)
          assert.equal(query.openid, hidden.FromUserName)
          if (mode === 'compatible') assert.deepEqual(hidden, plain)
        })
      }
    }

    test('require a key for a mode that encrypts', async () => {
      await using server = await startTestServer(kind)
      for (const mode of ['compatible', 'secure'] as const) {
        const body = { url: 'http://127.0.0.1:9/', token: 'Token', mode, format: 'xml' } as const
        await assert.rejects(
          server.api.call(api.setCallback, { params: { appid: server.sandbox.appid }, body }),
          (error) => error instanceof ApiProblem && error.message.includes(`are needed in ${mode} mode`),
        )
      }
    })
  })
}
