import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PROBLEMS } from '@shenpi/sdk/contract/problems'
import { STRANGERS_MAX } from '../../src/requests/request-recorder.ts'
import { WRONG_MAX } from '../../src/tokens/secret-tries.ts'
import { DATABASES } from '../databases.ts'
import { startTestServer, type TestServer } from '../start-server.ts'

const WRONG = PROBLEMS['credential.secret_invalid'].errcode
const SLOWED = PROBLEMS['credential.tries_exceeded'].errcode

const CALLS = ['token', 'stable_token', 'clear_quota/v2'] as const

/** Call with a secret as a proxy on this machine passes a request on. */
async function callWith(
  server: TestServer,
  call: (typeof CALLS)[number],
  secret: string,
  from: string,
  by = 'sandbox',
) {
  const appid = by === 'sandbox' ? server.sandbox.appid : by
  const credentials = { grant_type: 'client_credential', appid, secret, appsecret: secret }
  const isGet = call === 'token'
  const answer = await fetch(`${server.url}/cgi-bin/${call}${isGet ? `?${new URLSearchParams(credentials)}` : ''}`, {
    method: isGet ? 'GET' : 'POST',
    headers: { 'x-forwarded-for': from },
    ...(!isGet && { body: JSON.stringify(credentials) }),
  })
  return (await answer.json()) as { errcode?: number; access_token?: string }
}

const BEHIND_PROXY = { env: { TRUST_PROXY: '127.0.0.0/8' } }

for (const kind of DATABASES) {
  describe(`guessing a secret on ${kind.name}`, () => {
    test('is slowed down after 20 wrong ones by any call, and not at other addresses or with other appids', async () => {
      await using server = await startTestServer(kind, BEHIND_PROXY)
      const { secret } = server.sandbox
      const other = await server.newAccount()
      for (let count = 0; count < WRONG_MAX; count += 1) {
        assert.equal(
          (await callWith(server, CALLS[count % 3] ?? 'token', `guess ${count}`, '203.0.113.7')).errcode,
          WRONG,
        )
      }
      for (const call of CALLS) {
        assert.equal((await callWith(server, call, 'guess', '203.0.113.7')).errcode, SLOWED, call)
        assert.equal(
          (await callWith(server, call, secret, '203.0.113.7')).errcode,
          SLOWED,
          `${call} tells no right one`,
        )
      }
      assert.ok((await callWith(server, 'token', secret, '198.51.100.9')).access_token)
      assert.ok((await callWith(server, 'token', other.secret, '203.0.113.7', other.appid)).access_token)
    })

    test('adds at most 50 records a day to those of the account', async () => {
      await using server = await startTestServer(kind, BEHIND_PROXY)
      const { db, requests } = server.services
      const { accountId } = server.sandbox
      const countRecords = async () => {
        await requests.flush()
        const rows = await db.selectFrom('request_record').select('rid').where('account_id', '=', accountId).execute()
        return rows.length
      }
      const before = await countRecords()
      for (let count = 0; count < STRANGERS_MAX + 10; count += 1) {
        await callWith(server, 'token', 'guess', `203.0.113.${count}`)
      }
      assert.equal((await countRecords()) - before, STRANGERS_MAX)
      await server.sandbox.get('/no/such/path')
      await server.sandbox.post('/shakearound/device/applyid', {})
      assert.equal((await countRecords()) - before, STRANGERS_MAX + 1, 'the account’s own are kept as before')
      server.clock.advance(24 * 3600 * 1000)
      await callWith(server, 'token', 'guess', '203.0.113.200')
      assert.equal((await countRecords()) - before, STRANGERS_MAX + 2)
    })
  })
}
