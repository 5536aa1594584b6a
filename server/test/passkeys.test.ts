import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anOperator, Browser } from './browser.ts'
import { DATABASES } from './databases.ts'
import { SoftAuthenticator } from './soft-authenticator.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const originOf = ({ url }: TestServer) => url.replace('127.0.0.1', 'localhost')

/** Add a passkey by the browser of somebody who is signed in. */
async function addPasskey(browser: Browser, authenticator: SoftAuthenticator, label = 'Laptop') {
  const { challenge, options } = await browser.ok('POST', '/own/passkeys/options')
  return await browser.send('POST', '/own/passkeys', { challenge, credential: authenticator.create(options), label })
}

/** Sign in by it in another browser. */
async function signIn(server: TestServer, authenticator: SoftAuthenticator) {
  const browser = new Browser(server)
  const { challenge, options } = await browser.ok('POST', '/sign-in/passkey/options')
  const body = { challenge, credential: authenticator.get(options) }
  return { browser, body, answer: await browser.send('POST', '/sign-in/passkey', body) }
}

for (const kind of DATABASES) {
  describe(`passkeys on ${kind.name}`, () => {
    test('sign in without name and password, each answer once', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      const authenticator = new SoftAuthenticator(originOf(server))
      const { status, json } = await addPasskey(operator, authenticator)
      assert.deepEqual([status, json.label, json.last_used_at], [201, 'Laptop', null])
      const { answer, body } = await signIn(server, authenticator)
      assert.deepEqual(
        [answer.status, answer.json.account?.name, answer.json.account?.session.way],
        [200, 'Mei', 'passkey'],
      )
      await new Browser(server).refused('sign_in.passkey_refused', 'POST', '/sign-in/passkey', body)
      assert.equal((await signIn(server, authenticator)).answer.status, 200)
      const { items } = await operator.ok('GET', '/own/passkeys')
      assert.ok(items[0].last_used_at)
      assert.equal((await operator.ok('GET', '/staff')).items[0].passkeys, 1)
    })

    test('sign in once for each challenge, also where they do not count', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      const authenticator = new SoftAuthenticator(originOf(server))
      await addPasskey(operator, authenticator)
      authenticator.counter = -1
      const { answer, body } = await signIn(server, authenticator)
      assert.equal(answer.status, 200)
      await new Browser(server).refused('sign_in.challenge_ended', 'POST', '/sign-in/passkey', body)
    })

    test('are refused for another page, another person, another key, and without the person', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      const authenticator = new SoftAuthenticator(originOf(server))
      const phished = new SoftAuthenticator('https://evil.example')
      assert.equal((await addPasskey(operator, phished)).json.code, 'passkey.refused')
      await addPasskey(operator, authenticator)
      assert.equal((await addPasskey(operator, authenticator)).json.code, 'passkey.refused', 'a second time')

      const refused = async (one: SoftAuthenticator) =>
        assert.equal((await signIn(server, one)).answer.json.code, 'sign_in.passkey_refused')
      await refused(new SoftAuthenticator(originOf(server)))
      const forged = new SoftAuthenticator(originOf(server))
      authenticator.id.copy(forged.id)
      await refused(forged)
      authenticator.verifies = false
      await refused(authenticator)
      authenticator.verifies = true
      const { challenge } = await operator.ok('POST', '/own/passkeys/options')
      const credential = authenticator.get({ challenge: 'AAAA', rpId: 'localhost' })
      await operator.refused('sign_in.challenge_ended', 'POST', '/sign-in/passkey', { challenge, credential })
    })

    test('sign in whatever was tried from the same address', async () => {
      await using server = await startTestServer(kind)
      const authenticator = new SoftAuthenticator(originOf(server))
      await addPasskey(await anOperator(server), authenticator)
      const guess = { name: 'nobody', password: 'wrong' }
      const guesser = new Browser(server)
      for (let count = 0; count < 30; count += 1)
        await guesser.send('POST', '/sign-in/password', { ...guess, name: `n${count}` })
      await guesser.refused('sign_in.tries_exceeded', 'POST', '/sign-in/password', guess)
      for (let count = 0; count < 31; count += 1) {
        const { answer } = await signIn(server, new SoftAuthenticator(originOf(server)))
        assert.equal(answer.json.code, 'sign_in.passkey_refused')
      }
      assert.equal((await signIn(server, authenticator)).answer.status, 200)
    })

    test('sign in no more when they were removed or whose they are was deactivated', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      const [first, second] = [originOf(server), originOf(server)].map((origin) => new SoftAuthenticator(origin))
      assert.ok(first && second)
      const { json } = await addPasskey(operator, first)
      await addPasskey(operator, second)
      await operator.ok('DELETE', `/own/passkeys/${json.id}`)
      await operator.refused('passkey.unknown', 'DELETE', `/own/passkeys/${json.id}`)
      assert.equal((await signIn(server, first)).answer.json.code, 'sign_in.passkey_refused')
      assert.equal((await signIn(server, second)).answer.status, 200)
      await server.services.db.updateTable('staff').set({ state: 'deactivated' }).execute()
      assert.equal((await signIn(server, second)).answer.json.code, 'sign_in.passkey_refused')
    })

    test('are at most twenty', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      for (let count = 0; count < 20; count += 1) {
        const { status } = await addPasskey(operator, new SoftAuthenticator(originOf(server)), `Key ${count}`)
        assert.equal(status, 201)
      }
      await operator.refused('passkey.too_many', 'POST', '/own/passkeys/options')
    })
  })
}
