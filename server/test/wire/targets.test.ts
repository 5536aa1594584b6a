import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PROBLEMS } from '@shenpi/sdk/contract/problems'
import { DATABASES } from '../databases.ts'
import { startTestServer } from '../start-server.ts'
import { send } from './exchange.ts'

const [kind] = DATABASES
assert.ok(kind)

describe('a call with an unusual target', () => {
  const STATUS = '/shakearound/account/auditstatus'

  test('is served after a base URL that ends in slashes, and as a whole URL', async () => {
    await using server = await startTestServer(kind)
    const { appid, secret, token } = server.sandbox
    const credentials = `grant_type=client_credential&appid=${appid}&secret=${secret}`
    for (const before of ['/', '//', server.url, `${server.url}/`, 'https://api.weixin.qq.com']) {
      const path = `${before}/cgi-bin/token`
      assert.ok((await send(server, { method: 'GET', path, query: credentials })).json.access_token, path)
      const status = await send(server, { method: 'GET', path: before + STATUS, query: `access_token=${token}` })
      assert.equal(status.json.errcode, PROBLEMS['account.not_activated'].errcode, before)
      const wrong = await send(server, { method: 'GET', path: `${before}/shakearound/device/applyid` })
      assert.equal(wrong.json.errcode, PROBLEMS['method.post_required'].errcode, before)
    }
    const { text } = await send(server, { method: 'GET', path: '//metrics' })
    assert.match(
      text,
      new RegExp(`^shenpi_requests_total\\{route="${STATUS}",problem="account.not_activated"\\} 5$`, 'm'),
    )
  })
})
