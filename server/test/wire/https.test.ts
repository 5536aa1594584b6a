import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { categories, tokens } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import { DATABASES } from '../databases.ts'
import { startTestServer } from '../start-server.ts'

const ENV = { REQUIRE_HTTPS: 'yes' }

/** The wire's answer to a request that a proxy on this machine received by `scheme` and passes on. */
async function errcodeBy(url: string, { path, methods }: Call, scheme?: string): Promise<number> {
  const response = await fetch(url + path, {
    method: methods[0] as string,
    headers: scheme ? { 'x-forwarded-proto': scheme } : {},
  })
  return ((await response.json()) as { errcode: number }).errcode
}

for (const kind of DATABASES) {
  describe(`a server that requires HTTPS, on ${kind.name}`, () => {
    test('refuses every call by plain HTTP before it checks the token, and nothing but calls', async () => {
      await using server = await startTestServer(kind, { env: { ...ENV, TRUST_PROXY: '127.0.0.0/8' } })
      for (const call of [tokens.token, tokens.stableToken, categories.catGet]) {
        assert.equal(await errcodeBy(server.url, call), 43003, call.path)
        assert.equal(await errcodeBy(server.url, call, 'http'), 43003, call.path)
      }
      assert.equal(await errcodeBy(server.url, tokens.token, 'https'), 40002)
      assert.equal(await errcodeBy(server.url, categories.catGet, 'https'), 41001)
      assert.equal((await fetch(`${server.url}/livez`)).status, 200)
    })

    test('trusts X-Forwarded-Proto only from the proxies of TRUST_PROXY', async () => {
      await using server = await startTestServer(kind, { env: { ...ENV, TRUST_PROXY: '10.0.0.0/8' } })
      assert.equal(await errcodeBy(server.url, tokens.token, 'https'), 43003)
    })
  })
}
