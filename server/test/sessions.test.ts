import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Caches } from '../src/caches.ts'
import { FailureLog } from '../src/log/failure-log.ts'
import { SessionCheck } from '../src/staff/sessions/session-check.ts'
import { A_PASSWORD, aMember, anOperator, Browser } from './browser.ts'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { until } from './until.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NEW_PASSWORD = 'another long password'

/** Two browsers of one reviewer. */
async function twoBrowsers(server: TestServer, name = 'Li') {
  const first = await aMember(server, name, ['reviewer'])
  const second = new Browser(server)
  await second.signIn(name)
  return { name, first, second }
}

const goesOn = async (browser: Browser) => (await browser.send('GET', '/own')).status === 200
const lastUseOf = async (browser: Browser): Promise<string> =>
  (await browser.ok('GET', '/own/sessions')).items.find(({ is_this }: { is_this: boolean }) => is_this).last_used_at

type Cast = Awaited<ReturnType<typeof twoBrowsers>> & { operator: Browser }

/** What is done, and which of the reviewer's two sessions go on. */
const ENDINGS: readonly [name: string, act: (cast: Cast) => Promise<unknown>, left: boolean[]][] = [
  ['signing out', ({ first }) => first.ok('POST', '/sign-out'), [false, true]],
  [
    'ending another one in the list',
    async ({ first }) => {
      const { items } = await first.ok('GET', '/own/sessions')
      const other = items.find(({ is_this }: { is_this: boolean }) => !is_this)
      await first.ok('DELETE', `/own/sessions/${other.id}`)
      await first.refused('session.unknown', 'DELETE', `/own/sessions/${other.id}`)
    },
    [true, false],
  ],
  [
    'ending all others',
    async ({ first }) => assert.deepEqual(await first.ok('POST', '/own/sessions/end-others'), { ended: 1 }),
    [true, false],
  ],
  [
    'a new password',
    ({ first }) => first.ok('PUT', '/own/password', { current: A_PASSWORD, password: NEW_PASSWORD }),
    [true, false],
  ],
  [
    'other roles',
    ({ operator, name }) => operator.ok('PUT', `/staff/${name}/roles`, { roles: ['lead'] }),
    [false, false],
  ],
  ['a deactivation', ({ operator, name }) => operator.ok('POST', `/staff/${name}/deactivate`), [false, false]],
  [
    'an operator who ends them',
    ({ operator, name }) => operator.ok('POST', `/staff/${name}/end-sessions`),
    [false, false],
  ],
  ['a reset', ({ operator, name }) => operator.ok('POST', `/staff/${name}/reset`), [false, false]],
]

for (const kind of DATABASES) {
  describe(`a session on ${kind.name}`, () => {
    test('is ended by what ends it, and by nothing else', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      for (const [index, [what, act, left]] of ENDINGS.entries()) {
        const cast = { operator, ...(await twoBrowsers(server, `Li ${index}`)) }
        await act(cast)
        assert.deepEqual([await goesOn(cast.first), await goesOn(cast.second)], left, what)
      }
    })

    test('is ended by signing out, also when another server has ended it just now', async () => {
      await using server = await startTestServer(kind)
      const { first } = await twoBrowsers(server)
      assert.ok(await goesOn(first))
      await server.services.db.updateTable('staff_session').set({ ended_at: 1 }).execute()
      await first.ok('POST', '/sign-out')
    })

    test('ends when somebody signs in again in the same browser', async () => {
      await using server = await startTestServer(kind)
      const { first, second } = await twoBrowsers(server)
      const before = second.token ?? ''
      await second.signIn('Li')
      assert.ok((await goesOn(first)) && (await goesOn(second)))
      second.cookies.set('shenpi', before)
      await second.refused('session.ended', 'GET', '/own')
    })

    test('ends when it was idle for twelve hours, and after seven days in any case', async () => {
      await using server = await startTestServer(kind)
      const { first, second } = await twoBrowsers(server)
      for (let hours = 0; hours < 7 * 24; hours += 11) {
        assert.ok(await goesOn(first), `after ${hours} hours`)
        server.clock.advance(11 * HOUR_MS)
        // The last use is written behind the answer.
        await until(async () => !(await goesOn(first)) || (await lastUseOf(first)) === server.clock.now().toISOString())
      }
      assert.ok(!(await goesOn(first)))
      assert.ok(!(await goesOn(second)))
    })

    test('lasts as long as the settings say', async () => {
      await using server = await startTestServer(kind, { env: { SESSION_IDLE_MINUTES: '30', SESSION_MAX_HOURS: '2' } })
      const operator = await anOperator(server)
      server.clock.advance(29 * MINUTE_MS)
      assert.ok(await goesOn(operator))
      server.clock.advance(29 * MINUTE_MS)
      assert.ok(await goesOn(operator))
      server.clock.advance(31 * MINUTE_MS)
      await operator.refused('session.ended', 'GET', '/own')
    })

    test('is listed with place and time; failed sign-ins since the one before are told', async () => {
      await using server = await startTestServer(kind)
      const { second } = await twoBrowsers(server)
      server.clock.advance(MINUTE_MS)
      const guess = { name: 'Li', password: 'a wrong password' }
      await new Browser(server).refused('sign_in.refused', 'POST', '/sign-in/password', guess)
      const { items } = await second.ok('GET', '/own/sessions')
      assert.deepEqual(
        items.map(({ way, is_this, user_agent }: Record<string, unknown>) => [way, is_this, user_agent]),
        [
          ['password', true, 'Test Browser 1.0'],
          ['invitation', false, 'Test Browser 1.0'],
        ],
      )
      assert.match(items[0].address, /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/)
      await until(async () => (await second.ok('GET', '/own/sessions')).failed_sign_ins.length === 1)
      assert.equal((await new Browser(server).signIn('Li')).failed_sign_ins, 1)
      server.clock.advance(MINUTE_MS)
      assert.equal((await new Browser(server).signIn('Li')).failed_sign_ins, 0)
    })

    test('changes how one signs in for fifteen minutes', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      assert.equal((await operator.ok('GET', '/own')).is_recent, true)
      server.clock.advance(15 * MINUTE_MS)
      assert.equal((await operator.ok('GET', '/own')).is_recent, false)
      for (const [method, path, body] of [
        ['POST', '/own/totp'],
        ['DELETE', '/own/totp'],
        ['POST', '/own/recovery-codes'],
        ['POST', '/own/passkeys/options'],
        ['DELETE', '/own/passkeys/1'],
        // And so is who else comes in.
        ['POST', '/staff/invitations', { name: 'Wang', roles: ['reviewer'] }],
        ['PUT', '/staff/Li/roles', { roles: ['operator'] }],
        ['POST', '/staff/Li/reactivate'],
        ['POST', '/staff/Li/reset'],
        ['POST', '/keys', { name: 'mine', roles: ['operator'] }],
      ] as const) {
        await operator.refused('session.not_recent', method, path, body)
      }
      // Whoever takes something away is in a hurry.
      await operator.refused('staff.unknown', 'POST', '/staff/Li/deactivate')
      await operator.refused('key.unknown', 'DELETE', '/keys/mine')
      await operator.refused('password.wrong', 'PUT', '/own/password', { current: 'wrong', password: NEW_PASSWORD })
    })

    test('changes nothing for a page of another site', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      const own = server.url.replace('127.0.0.1', 'localhost')
      const change = (headers: Record<string, string>) => {
        delete operator.headers['sec-fetch-site']
        delete operator.headers.origin
        Object.assign(operator.headers, headers)
        return operator.send('PUT', '/own/language', { language: 'zh' })
      }
      const sent: readonly [headers: Record<string, string>, status: number][] = [
        [{ 'sec-fetch-site': 'same-origin' }, 200],
        [{ origin: own }, 200],
        [{ 'sec-fetch-site': 'cross-site' }, 403],
        [{ 'sec-fetch-site': 'same-site' }, 403],
        [{ 'sec-fetch-site': 'none' }, 403],
        [{ 'sec-fetch-site': 'cross-site', origin: own }, 403],
        [{ origin: 'https://evil.example' }, 403],
        [{ origin: 'null' }, 403],
        [{}, 403],
      ]
      for (const [headers, status] of sent) {
        assert.equal((await change(headers)).status, status, JSON.stringify(headers))
      }
      const guess = { name: '韩梅梅', password: A_PASSWORD }
      operator.headers['sec-fetch-site'] = 'cross-site'
      await operator.refused('request.cross_site', 'POST', '/sign-in/password', guess)
      await operator.ok('GET', '/own')
      // A program has no cookie that a page could use, and says nothing of where it comes from.
      delete operator.headers['sec-fetch-site']
      operator.cookies.clear()
      await operator.ok('POST', '/sign-in/password', guess)
    })

    test('is kept by HTTPS, or on the machine itself', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.1/32,::1/128' } })
      const operator = await anOperator(server)
      const cookieOf = async (headers: Record<string, string>) => {
        const browser = new Browser(server)
        Object.assign(browser.headers, headers)
        const answer = await browser.send('POST', '/sign-in/password', { name: '韩梅梅', password: A_PASSWORD })
        return answer.headers.get('set-cookie') ?? answer.json.code
      }
      assert.match(await cookieOf({}), /^shenpi=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/)
      const proxy = { 'x-forwarded-host': 'review.example.com', 'x-forwarded-for': '203.0.113.7' }
      assert.match(
        await cookieOf({ ...proxy, 'x-forwarded-proto': 'https' }),
        /^__Host-shenpi=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
      )
      assert.equal(await cookieOf({ ...proxy, 'x-forwarded-proto': 'http' }), 'sign_in.insecure')
      const { items } = await operator.ok('GET', '/own/sessions')
      assert.ok(items.some(({ address }: { address: string }) => address === '203.0.113.7'))
    })

    test('ends on every server within three seconds', async () => {
      await using server = await startTestServer(kind)
      const { clock } = server
      const { db, log } = server.services
      const { first, second } = await twoBrowsers(server)
      // What another server has in mind.
      const limits = { idleMs: HOUR_MS, absoluteMs: HOUR_MS, byProviderMs: HOUR_MS }
      const elsewhere = new SessionCheck({ db, clock, limits, failures: new FailureLog(log), caches: new Caches() })
      const isKnown = async ({ token = '' }: Browser) => (await elsewhere.find(token)) !== undefined
      assert.ok((await isKnown(first)) && (await isKnown(second)))
      await first.ok('POST', '/own/sessions/end-others')
      clock.advance(2999)
      assert.ok(await isKnown(second), 'it may be as old as that')
      clock.advance(1)
      assert.ok(!(await isKnown(second)))
      assert.ok(await isKnown(first))
    })

    test('is not kept in mind when it was looked up while it was ended', async () => {
      await using server = await startTestServer(kind)
      const { first } = await twoBrowsers(server)
      const { sessions } = await server.services.signIn()
      const looked = sessions.find(first.token ?? '')
      sessions.empty()
      assert.ok(await looked)
      await server.services.db.updateTable('staff_session').set({ ended_at: 1 }).execute()
      assert.equal(await sessions.find(first.token ?? ''), undefined)
    })

    test('is one of fifty at the most: a new one ends the oldest', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_STAFF: 'demo' } })
      const first = new Browser(server)
      await first.ok('POST', '/sign-in/demo')
      for (let count = 1; count < 50; count += 1) await new Browser(server).ok('POST', '/sign-in/demo')
      assert.ok(await goesOn(first))
      await new Browser(server).ok('POST', '/sign-in/demo')
      assert.ok(!(await goesOn(first)))
    })
  })
}
