import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aMember, anOperator, Browser } from './browser.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { CLIENT, type Person, startProvider, type TestProvider } from './oidc-provider.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const LI: Person = { id: '4711', claims: { preferred_username: '李雷', groups: ['review', 'office'] } }

async function startBoth(kind: DatabaseKind, person = LI) {
  const provider = await startProvider(structuredClone(person))
  const env = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_ROLES: 'review=reviewer,ops=operator+auditor',
    OIDC_LABEL: 'Company',
  }
  const server = await startTestServer(kind, { env })
  const redirectUri = `${server.url.replace('127.0.0.1', 'localhost')}/api/v1/sign-in/oidc/callback`
  return {
    server,
    provider,
    open: () => provider.open(redirectUri),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await provider[Symbol.asyncDispose]()
    },
  }
}

/** Go to the provider, and as far as its pages lead. @returns the way back to the console's server */
async function visitProvider(browser: Browser, provider: TestProvider, query = ''): Promise<string> {
  const begun = await browser.send('GET', `/sign-in/oidc${query}`)
  assert.equal(begun.status, 302)
  const cookies = new Map<string, string>()
  let url = new URL(begun.headers.get('location') ?? '', 'http://console')
  while (url.origin === provider.issuer) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    assert.ok(
      answer.status === 302 || answer.status === 303,
      `${url.pathname}: ${answer.status} ${await answer.text()}`,
    )
    url = new URL(answer.headers.get('location') ?? '', url)
  }
  return `${url.pathname.replace('/api/v1', '')}${url.search}`
}

/** Sign in by the provider. @returns where the browser ends */
async function signIn(browser: Browser, provider: TestProvider, query = ''): Promise<string | null> {
  const back = await visitProvider(browser, provider, query)
  return (await browser.send('GET', back)).headers.get('location')
}

const rolesOf = async (browser: Browser) => (await browser.ok('GET', '/own')).roles

const entriesOf = async ({ services }: TestServer, action: string) =>
  (await services.db.selectFrom('installation_entry').select('actor').where('action', '=', action).execute()).length

for (const kind of DATABASES) {
  describe(`signing in by a provider on ${kind.name}`, () => {
    test('makes a member of the staff at the first time, with the roles of the groups each time', async () => {
      await using both = await startBoth(kind)
      const { server, provider } = both
      await both.open()
      const browser = new Browser(server)
      assert.deepEqual((await browser.ok('GET', '/sign-in')).oidc, { label: 'Company', path: '/api/v1/sign-in/oidc' })
      assert.equal(
        await signIn(browser, provider, '?return_to=/console/queue%3Fkind%3Dstore'),
        '/console/queue?kind=store',
      )
      const account = await browser.ok('GET', '/own')
      assert.deepEqual([account.name, account.roles, account.session.way], ['李雷', ['reviewer'], 'oidc'])
      assert.deepEqual([account.has_password, account.has_oidc], [false, true])

      provider.person.claims.groups = ['ops']
      const again = new Browser(server)
      assert.equal(await signIn(again, provider), '/console/')
      assert.deepEqual(await rolesOf(again), ['operator', 'auditor'])
      await browser.refused('session.ended', 'GET', '/own')
      assert.deepEqual([await entriesOf(server, 'staff.join'), await entriesOf(server, 'staff.change_roles')], [1, 1])
      await again.refused('staff.roles_by_provider', 'PUT', `/staff/${encodeURIComponent('李雷')}/roles`, {
        roles: ['lead', 'operator'],
      })

      // What would let them in when the provider does no more.
      await again.refused('staff.by_provider', 'PUT', '/own/password', { password: 'correct horse battery' })
      await again.refused('staff.by_provider', 'POST', '/own/passkeys/options')
      await again.refused('staff.by_provider', 'POST', `/staff/${encodeURIComponent('李雷')}/reset`)

      provider.person.claims.groups = ['review']
      await signIn(again, provider)
      assert.deepEqual(await rolesOf(again), ['reviewer', 'operator'], 'the last operator stays one')

      provider.person.claims.groups = ['office']
      assert.equal(await signIn(new Browser(server), provider), '/console/sign-in?problem=sign_in.provider_refused')
      await again.refused('session.ended', 'GET', '/own')
      assert.equal(await entriesOf(server, 'staff.shut_out'), 1)
    })

    test('is asked of the provider again after twelve hours, however much the session is used', async () => {
      await using both = await startBoth(kind)
      const { server, provider } = both
      await both.open()
      const browser = new Browser(server)
      await signIn(browser, provider)
      const { session } = await browser.ok('GET', '/own')
      assert.equal(Date.parse(session.ends_at) - Date.parse(session.created_at), 12 * 3_600_000)
      server.clock.advance(11 * 3_600_000)
      await browser.ok('GET', '/own')
      server.clock.advance(3_600_000)
      await browser.refused('session.ended', 'GET', '/own')
    })

    test('lets nobody in whose groups are none of ours, whose name somebody has, or who was deactivated', async () => {
      await using both = await startBoth(kind)
      const { server, provider } = both
      await both.open()
      const operator = await anOperator(server)
      const refused = async (code: string) => {
        const browser = new Browser(server)
        assert.equal(await signIn(browser, provider), `/console/sign-in?problem=${code}`)
        assert.equal(browser.token, undefined)
      }
      provider.person.claims.groups = 'office'
      await refused('sign_in.provider_refused')
      provider.person.claims.groups = 'review'
      provider.person.claims.preferred_username = 'x'.repeat(41)
      await refused('sign_in.provider_refused')
      provider.person.claims.preferred_username = 'Wang'
      await aMember(server, 'wang', ['lead'])
      await refused('staff.name_taken')
      provider.person.claims.preferred_username = 'Zhang'
      assert.equal(await signIn(new Browser(server), provider), '/console/')
      await operator.ok('POST', '/staff/Zhang/deactivate')
      await refused('sign_in.refused')
    })

    test('is good only in the browser that began it, once, and leads to no other site', async () => {
      await using both = await startBoth(kind)
      const { server, provider } = both
      await both.open()
      const browser = new Browser(server)
      const back = await visitProvider(browser, provider, '?return_to=https://evil.example/console/')
      const stolen = await new Browser(server).send('GET', back)
      assert.equal(stolen.headers.get('location'), '/console/sign-in?problem=sign_in.challenge_ended')
      assert.equal((await browser.send('GET', back)).headers.get('location'), '/console/')
      const again = await browser.send('GET', back)
      assert.equal(again.headers.get('location'), '/console/sign-in?problem=sign_in.provider_refused')
      const forged = await browser.send('GET', back.replace(/state=[^&]+/, 'state=forged'))
      assert.equal(forged.headers.get('location'), '/console/sign-in?problem=sign_in.provider_refused')
      for (const path of ['//evil.example/console/', '/console/../api/v1/x', 'javascript:alert(1)']) {
        assert.equal(await signIn(browser, provider, `?return_to=${encodeURIComponent(path)}`), '/console/')
      }
    })

    test('waits for a provider that is down, and stops nothing else', async () => {
      await using both = await startBoth(kind)
      const { server, provider } = both
      const down = await new Browser(server).send('GET', '/sign-in/oidc')
      assert.equal(down.headers.get('location'), '/console/sign-in?problem=sign_in.provider_down')
      await anOperator(server)
      await both.open()
      assert.equal(await signIn(new Browser(server), provider), '/console/')
    })
  })
}
