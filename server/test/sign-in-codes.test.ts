import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anApp, STEP_MS } from './authenticator-app.ts'
import { A_PASSWORD, anOperator, Browser } from './browser.ts'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { until } from './until.ts'

const MINUTE_MS = 60_000
const PASSWORD = { name: 'Mei', password: A_PASSWORD }

/** The first operator, who has an app and ten recovery codes. */
async function withApp(server: TestServer) {
  const operator = await anOperator(server, 'Mei')
  const { challenge, secret, uri } = await operator.ok('POST', '/own/totp')
  assert.match(uri, /^otpauth:\/\/totp\/Shenpi%3AMei\?secret=/)
  const app = anApp(secret, server)
  const { recovery_codes: codes } = await operator.ok('POST', '/own/totp/confirm', { challenge, code: app.code() })
  return { operator, app, codes }
}

/** Somebody who knows the password. */
async function withChallenge(server: TestServer) {
  const browser = new Browser(server)
  const step = await browser.ok('POST', '/sign-in/password', PASSWORD)
  assert.deepEqual([step.step, step.account], ['second_factor', null])
  assert.equal(browser.token, undefined, 'there is no session yet')
  return { browser, challenge: step.challenge }
}

for (const kind of DATABASES) {
  describe(`codes as a second factor on ${kind.name}`, () => {
    test('are asked for after the password, and each is good once', async () => {
      await using server = await startTestServer(kind)
      const { app } = await withApp(server)
      const { browser, challenge } = await withChallenge(server)
      const confirmed = { challenge, code: app.code() }
      await browser.refused('sign_in.code_wrong', 'POST', '/sign-in/totp', confirmed)
      server.clock.advance(STEP_MS)
      const body = { challenge, code: app.code() }
      assert.equal((await browser.ok('POST', '/sign-in/totp', body)).account.has_totp, true)
      await new Browser(server).refused('sign_in.code_wrong', 'POST', '/sign-in/totp', body)
    })

    test('let in one of two browsers that send the same at once', async () => {
      await using server = await startTestServer(kind)
      const { app } = await withApp(server)
      const { challenge } = await withChallenge(server)
      server.clock.advance(STEP_MS)
      const body = { challenge, code: app.code() }
      const both = [new Browser(server), new Browser(server)].map((one) => one.send('POST', '/sign-in/totp', body))
      const statuses = (await Promise.all(both)).map(({ status }) => status)
      assert.deepEqual(statuses.sort(), [200, 401])
    })

    test('stand in for the app, each once, however they are typed', async () => {
      await using server = await startTestServer(kind)
      const { codes } = await withApp(server)
      assert.equal(codes.length, 10)
      const { browser, challenge } = await withChallenge(server)
      const path = '/sign-in/recovery-code'
      const body = { challenge, code: ` ${codes[0].toLowerCase().replaceAll('-', ' ')}` }
      assert.equal((await browser.ok('POST', path, body)).account.recovery_codes_left, 9)
      await new Browser(server).refused('sign_in.code_wrong', 'POST', path, body)

      const { recovery_codes: renewed } = await browser.ok('POST', '/own/recovery-codes')
      await new Browser(server).refused('sign_in.code_wrong', 'POST', path, { challenge, code: codes[1] })
      await new Browser(server).ok('POST', path, { challenge, code: renewed[0] })
      const kept = await server.services.db.selectFrom('staff_recovery_code').select('code_hash').execute()
      assert.ok(kept.every(({ code_hash }) => /^[0-9a-f]{64}$/.test(code_hash)))
    })

    test('are guessed five times, and then once a minute; the person is told', async () => {
      await using server = await startTestServer(kind)
      const { operator, app } = await withApp(server)
      server.clock.advance(STEP_MS)
      const { browser, challenge } = await withChallenge(server)
      const guess = { challenge, code: '000000' }
      for (let count = 0; count < 5; count += 1)
        await browser.refused('sign_in.code_wrong', 'POST', '/sign-in/totp', guess)
      const right = () => ({ challenge, code: app.code() })
      await browser.refused('sign_in.tries_exceeded', 'POST', '/sign-in/totp', right())
      server.clock.advance(MINUTE_MS)
      await browser.ok('POST', '/sign-in/totp', right())
      const { failed_sign_ins: failed } = await until(async () => {
        const sessions = await operator.ok('GET', '/own/sessions')
        return sessions.failed_sign_ins.length >= 5 && sessions
      })
      assert.deepEqual([failed[0].way, failed[0].user_agent], ['totp', 'Test Browser 1.0'])
    })

    test('count from the first right one on, until they are removed', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      await operator.refused('totp.off', 'POST', '/own/recovery-codes')
      const { challenge, secret } = await operator.ok('POST', '/own/totp')
      await operator.refused('sign_in.code_wrong', 'POST', '/own/totp/confirm', { challenge, code: '000000' })
      await new Browser(server).signIn('Mei')
      const code = anApp(secret, server).code()
      await operator.ok('POST', '/own/totp/confirm', { challenge, code })
      await withChallenge(server)
      const row = await server.services.db.selectFrom('staff').select('totp_sealed').executeTakeFirstOrThrow()
      assert.ok(!row.totp_sealed?.includes(secret))
      const after = await operator.ok('DELETE', '/own/totp')
      assert.deepEqual([after.has_totp, after.recovery_codes_left], [false, 0])
      await new Browser(server).signIn('Mei')
    })

    test('need a challenge of this step that is not five minutes old, and of the password that still counts', async () => {
      await using server = await startTestServer(kind)
      const { operator, app } = await withApp(server)
      const refused = (challenge: string) =>
        new Browser(server).refused('sign_in.challenge_ended', 'POST', '/sign-in/totp', { challenge, code: app.code() })
      const other = await operator.ok('POST', '/own/totp')
      await refused(other.challenge)
      await refused('AAAA')
      const old = await withChallenge(server)
      server.clock.advance(5 * MINUTE_MS)
      await refused(old.challenge)
      const changed = await withChallenge(server)
      await operator.ok('PUT', '/own/password', { current: A_PASSWORD, password: 'another long password' })
      await refused(changed.challenge)
    })
  })
}
