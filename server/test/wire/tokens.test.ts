import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { stores, tokens } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { DATABASES } from '../databases.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { exchange, problemOf } from './exchange.ts'

type Credentials = Pick<WireClient, 'appid' | 'secret'>

/** Source: docs/protocol/platform.md, token, stable_token, life of a token. */
for (const kind of DATABASES) {
  describe(`tokens on ${kind.name}`, () => {
    let server: TestServer
    before(async () => {
      server = await startTestServer(kind)
    })
    after(() => server[Symbol.asyncDispose]())

    const seconds = (count: number) => server.clock.advance(count * 1000)

    async function plain({ appid, secret }: Credentials) {
      const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
      return (await exchange(server, tokens.token, undefined, { query })).json
    }
    async function stable({ appid, secret }: Credentials, force_refresh?: boolean) {
      const body = { grant_type: 'client_credential', appid, secret, force_refresh }
      return (await exchange(server, tokens.stableToken, undefined, { body })).json
    }
    const setState = ({ appid }: Pick<Credentials, 'appid'>, body: object) =>
      server.api.call(api.setAccountState, { params: { appid }, body })
    /** The refusal of a call with the token, or `good`. */
    async function stateOf(token: string): Promise<ProblemCode | 'good'> {
      return problemOf(await exchange(server, stores.getPoiList, token, { body: {} })) ?? 'good'
    }

    describe('tokens of the plain call', () => {
      const GRANT = 'grant_type=client_credential'
      const orders: readonly (readonly [name: string, query: (of: Credentials) => string])[] = [
        ['as documented', ({ appid, secret }) => `${GRANT}&appid=${appid}&secret=${secret}`],
        ['appid first', ({ appid, secret }) => `appid=${appid}&secret=${secret}&${GRANT}`],
        ['secret first', ({ appid, secret }) => `secret=${secret}&${GRANT}&appid=${appid}`],
        ['with an empty argument', ({ appid, secret }) => `&${GRANT}&appid=${appid}&secret=${secret}`],
        [
          'with arguments that it does not know',
          ({ appid, secret }) => `a=b&c&${GRANT}&appid=${appid}&secret=${secret}`,
        ],
        [
          'with a link that is not URL-encoded',
          ({ appid, secret }) => `back=http://example.com/?a=1&${GRANT}&appid=${appid}&secret=${secret}`,
        ],
        [
          'with an argument that does not decode',
          ({ appid, secret }) => `x=%zz&${GRANT}&appid=${appid}&secret=${secret}`,
        ],
        ['with a NUL elsewhere', ({ appid, secret }) => `x=%00&${GRANT}&appid=${appid}&secret=${secret}`],
      ]
      for (const [name, query] of orders) {
        test(`arguments ${name}`, async () => {
          const account = await server.newAccount()
          const { json } = await exchange(server, tokens.token, undefined, { query: query(account) })
          assert.equal(json.expires_in, 7200)
          assert.equal(await stateOf(json.access_token), 'good')
        })
      }

      test('is valid for 7200 seconds and then expired', async () => {
        const { access_token } = await plain(await server.newAccount())
        seconds(7199)
        assert.equal(await stateOf(access_token), 'good')
        seconds(1)
        assert.equal(await stateOf(access_token), 'token.expired')
      })

      test('is valid for five minutes after it was replaced, and then unknown', async () => {
        const account = await server.newAccount()
        const old = await plain(account)
        const young = await plain(account)
        assert.notEqual(old.access_token, young.access_token)
        seconds(299)
        assert.equal(await stateOf(old.access_token), 'good')
        seconds(1)
        assert.equal(await stateOf(old.access_token), 'token.invalid')
        assert.equal(await stateOf(young.access_token), 'good')
      })

      test('does not live longer because of a newer one', async () => {
        const account = await server.newAccount()
        const old = await plain(account)
        seconds(7000)
        await plain(account)
        seconds(199)
        assert.equal(await stateOf(old.access_token), 'good')
        seconds(1)
        assert.notEqual(await stateOf(old.access_token), 'good')
      })

      test('survives five minutes as one of ten that were requested at once', async () => {
        const account = await server.newAccount()
        const tokens = await Promise.all(Array.from({ length: 10 }, () => plain(account)))
        assert.equal(new Set(tokens.map(({ access_token }) => access_token)).size, 10)
        seconds(300)
        const states = await Promise.all(tokens.map(({ access_token }) => stateOf(access_token)))
        assert.deepEqual(states.sort(), ['good', ...Array(9).fill('token.invalid')])
      })
    })

    describe('tokens of the stable call', () => {
      test('is the same until five minutes before its end, with the remaining seconds', async () => {
        const account = await server.newAccount()
        const first = await stable(account)
        assert.equal(first.expires_in, 7200)
        seconds(1000)
        assert.deepEqual(await stable(account), { ...first, expires_in: 6200 })
        seconds(5899)
        assert.deepEqual(await stable(account), { ...first, expires_in: 301 })
        assert.equal(await stateOf(first.access_token), 'good')
      })

      test('is replaced in its last five minutes, and both are valid until the old one ends', async () => {
        const account = await server.newAccount()
        const old = await stable(account)
        seconds(6901)
        const young = await stable(account)
        assert.notEqual(young.access_token, old.access_token)
        assert.equal(young.expires_in, 7200)
        seconds(298)
        assert.equal(await stateOf(old.access_token), 'good')
        assert.equal(await stateOf(young.access_token), 'good')
        assert.equal((await stable(account)).access_token, young.access_token)
        seconds(1)
        assert.equal(await stateOf(old.access_token), 'token.expired')
        assert.equal(await stateOf(young.access_token), 'good')
      })

      test('has at least 300 seconds left when it is answered', async () => {
        const account = await server.newAccount()
        for (let step = 0; step < 40; step += 1) {
          const { expires_in } = await stable(account)
          assert.ok(expires_in >= 300, `${expires_in} seconds after ${step * 397}`)
          seconds(397)
        }
      })

      test('ends at once when it is refreshed by force', async () => {
        const account = await server.newAccount()
        const old = await stable(account)
        assert.equal(await stateOf(old.access_token), 'good')
        const young = await stable(account, true)
        assert.notEqual(young.access_token, old.access_token)
        assert.equal(young.expires_in, 7200)
        assert.equal(await stateOf(old.access_token), 'token.invalid')
        assert.equal(await stateOf(young.access_token), 'good')
        assert.deepEqual(await stable(account, false), young)
      })

      test('ends together with its predecessor when it is refreshed by force', async () => {
        const account = await server.newAccount()
        const first = await stable(account)
        seconds(7000)
        const second = await stable(account)
        await stable(account, true)
        assert.equal(await stateOf(first.access_token), 'token.invalid')
        assert.equal(await stateOf(second.access_token), 'token.invalid')
      })

      test('stays the same when it is refreshed by force again within 30 seconds', async () => {
        const account = await server.newAccount()
        await stable(account)
        const forced = await stable(account, true)
        seconds(29)
        assert.deepEqual(await stable(account, true), { ...forced, expires_in: 7171 })
        seconds(1)
        assert.notEqual((await stable(account, true)).access_token, forced.access_token)
        assert.equal(await stateOf(forced.access_token), 'token.invalid')
      })

      test('stays the same when it is refreshed by force again within 30 seconds across midnight in China', async () => {
        const account = await server.newAccount()
        await stable(account)
        toMidnight()
        seconds(-10)
        const forced = await stable(account, true)
        seconds(15)
        assert.equal((await stable(account, true)).access_token, forced.access_token)
        seconds(15)
        assert.notEqual((await stable(account, true)).access_token, forced.access_token)
      })

      test('is refreshed by force 20 times a day, and again the next day in China', async () => {
        const account = await server.newAccount()
        toMidnight()
        let last = await stable(account)
        for (let count = 1; count <= 20; count += 1) {
          const forced = await stable(account, true)
          assert.notEqual(forced.access_token, last.access_token, `forced refresh ${count}`)
          last = forced
          seconds(30)
        }
        assert.equal((await stable(account, true)).errcode, 45009)
        assert.equal(await stateOf(last.access_token), 'good')
        assert.deepEqual(await stable(account), { ...last, expires_in: 7170 })
        seconds(24 * 3600 - 600 - 1)
        assert.equal((await stable(account, true)).errcode, 45009)
        seconds(1)
        assert.equal((await stable(account, true)).errcode, undefined)
      })

      test('is independent of the token of the plain call', async () => {
        const account = await server.newAccount()
        const first = await stable(account)
        const asked = await plain(account)
        assert.notEqual(asked.access_token, first.access_token)
        await stable(account, true)
        assert.equal(await stateOf(asked.access_token), 'good')
        const young = await stable(account)
        await plain(account)
        seconds(301)
        assert.equal(await stateOf(young.access_token), 'good')
      })

      test('is the same for all who ask at once', async () => {
        const account = await server.newAccount()
        const tokens = await Promise.all(Array.from({ length: 10 }, () => stable(account)))
        assert.equal(new Set(tokens.map(({ access_token }) => access_token)).size, 1)
      })

      function toMidnight(): void {
        const dayMs = 24 * 3600 * 1000
        const chinaMs = 8 * 3600 * 1000
        const now = server.clock.now().getTime()
        server.clock.set(new Date(Math.ceil((now + chinaMs) / dayMs) * dayMs - chinaMs))
      }
    })

    test('end at once with a new secret, also replaced ones', async () => {
      const account = await server.newAccount()
      const tokens = [await plain(account), await plain(account), await stable(account)]
      for (const { access_token } of tokens) assert.equal(await stateOf(access_token), 'good')

      const rotated = await server.api.call(api.rotateSecret, { params: { appid: account.appid } })
      for (const { access_token } of tokens) assert.equal(await stateOf(access_token), 'token.invalid')
      assert.equal((await plain(account)).errcode, 40125)
      assert.equal((await stable(account)).errcode, 40125)
      assert.equal(await stateOf((await plain(rotated)).access_token), 'good')
      const young = await stable(rotated)
      assert.notEqual(young.access_token, tokens[2].access_token)
      assert.equal(await stateOf(young.access_token), 'good')
    })

    test('are refused when the account is frozen, and valid again when it is not', async () => {
      const account = await server.newAccount()
      const { access_token: token } = await plain(account)
      assert.equal(await stateOf(token), 'good')
      await setState(account, { frozen: true })
      assert.equal(await stateOf(token), 'account.frozen')
      assert.equal((await plain(account)).errcode, 50007)
      assert.equal((await stable(account)).errcode, 50007)
      await setState(account, { frozen: false })
      assert.equal(await stateOf(token), 'good')
      assert.equal(await stateOf((await stable(account)).access_token), 'good')
      await setState(account, { frozen: true })
      seconds(7200)
      assert.equal(await stateOf(token), 'token.expired')
    })

    test('stay valid while the secret is frozen, which gives no other until it is replaced', async () => {
      const account = await server.newAccount()
      const tokens = [await plain(account), await stable(account)]
      await setState(account, { secret_frozen: true })
      assert.equal((await plain(account)).errcode, 40243)
      assert.equal((await stable(account)).errcode, 40243)
      for (const { access_token } of tokens) assert.equal(await stateOf(access_token), 'good')
      await setState(account, { secret_frozen: false })
      assert.equal((await stable(account)).access_token, tokens[1].access_token)

      await setState(account, { secret_frozen: true })
      const rotated = await server.api.call(api.rotateSecret, { params: { appid: account.appid } })
      assert.equal(await stateOf((await plain(rotated)).access_token), 'good')
    })

    test('are read anywhere in the query, and only once', async () => {
      const { access_token: token } = await plain(await server.newAccount())
      for (const query of [
        `a=b&access_token=${token}`,
        `&access_token=${token}&a=http://x/?y=z`,
        `access_token=${token}&x=%zz`,
      ]) {
        assert.equal(
          problemOf(await exchange(server, stores.getPoiList, undefined, { query, body: {} })),
          undefined,
          query,
        )
      }
    })

    test('are not read from a header or a body', async () => {
      const { access_token: token } = await plain(await server.newAccount())
      const headers = { authorization: `Bearer ${token}`, access_token: token }
      const reply = await exchange(server, stores.getPoiList, undefined, { headers, body: { access_token: token } })
      assert.equal(problemOf(reply), 'token.missing')
    })
  })
}
