import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ROLES } from '@shenpi/sdk/contract/states'
import { hashSecret } from '../src/accounts/secret.ts'
import { readConfig } from '../src/config.ts'
import { verifyTrail } from '../src/journal/verify-trail.ts'
import { inviteFirstOperator } from '../src/staff/one-time-link.store.ts'
import { A_PASSWORD, aMember, anOperator, Browser } from './browser.ts'
import { DATABASES } from './databases.ts'
import { apiProblem } from './problem.ts'
import { startTestServer } from './start-server.ts'
import { until } from './until.ts'

const MINUTE_MS = 60_000

for (const kind of DATABASES) {
  describe(`signing in on ${kind.name}`, () => {
    test('begins with the first operator, who has all roles and lets others in', async () => {
      await using server = await startTestServer(kind)
      const nobody = new Browser(server)
      const ways = await nobody.ok('GET', '/sign-in')
      assert.deepEqual(ways, { has_staff: false, demo: false, oidc: null })
      const operator = await anOperator(server)
      const account = await operator.ok('GET', '/own')
      assert.deepEqual(account.roles, [...ROLES])
      assert.ok(account.permissions.includes('staff.change'))
      const invited = await operator.ok('POST', '/staff/invitations', { name: '李雷', roles: ['reviewer'] })
      assert.match(invited.link, /^http:\/\/127\.0\.0\.1:\d+\/console\/invitation#[\w-]{43}$/)
      const li = new Browser(server)
      const token = invited.link.split('#')[1]
      const { invitation: read } = await li.ok('POST', '/sign-in/invitation', { token })
      assert.deepEqual([read.name, read.purpose, read.roles], ['李雷', 'invitation', ['reviewer']])
      assert.deepEqual((await li.accept(invited.link)).roles, ['reviewer'])
      assert.equal((await new Browser(server).ok('GET', '/sign-in')).has_staff, true)
      const { items } = await operator.ok('GET', '/staff')
      assert.deepEqual(
        items.map(({ name, state, has_password }: Record<string, unknown>) => [name, state, has_password]),
        [
          ['韩梅梅', 'active', true],
          ['李雷', 'active', true],
        ],
      )
      const { actor, action } = await server.services.db
        .selectFrom('installation_entry')
        .selectAll()
        .where('action', '=', 'staff.invite')
        .executeTakeFirstOrThrow()
      assert.deepEqual([actor, action], ['staff:韩梅梅', 'staff.invite'])
    })

    test('takes name and password, however the name is written', async () => {
      await using server = await startTestServer(kind)
      await anOperator(server, 'Mei')
      const browser = new Browser(server)
      await browser.refused('sign_in.refused', 'POST', '/sign-in/password', { name: 'mei', password: 'wrong' })
      await browser.refused('sign_in.refused', 'POST', '/sign-in/password', { name: 'ghost', password: A_PASSWORD })
      assert.equal((await browser.signIn('ｍEI')).name, 'Mei')
      await browser.ok('POST', '/sign-out')
      await browser.refused('api_key.invalid', 'GET', '/own')
    })

    test('keeps only hashes: what the database holds opens no session', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      const row = await server.services.db.selectFrom('staff_session').selectAll().executeTakeFirstOrThrow()
      assert.equal(row.token_hash, hashSecret(operator.token ?? ''))
      const thief = new Browser(server)
      thief.cookies.set('shenpi', row.token_hash)
      await thief.refused('session.ended', 'GET', '/own')
      const staff = await server.services.db.selectFrom('staff').selectAll().executeTakeFirstOrThrow()
      assert.match(staff.password_hash ?? '', /^\$argon2id\$/)
    })

    test('looks at ten guesses of a password, and then at one a minute; the person is told, and operators', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.1/32,::1/128' } })
      const { db } = server.services
      await anOperator(server, 'Mei')
      server.clock.advance(MINUTE_MS)
      const guesser = new Browser(server)
      guesser.headers['x-forwarded-for'] = '2001:db8:1:2::1'
      for (const name of ['ghost', 'Mei']) {
        const guess = (password: string) => guesser.send('POST', '/sign-in/password', { name, password })
        const codes = await Promise.all(Array.from({ length: 10 }, async () => (await guess('wrong')).json.code))
        assert.deepEqual([...new Set(codes)], ['sign_in.refused'])
        guesser.headers['x-forwarded-for'] = '2001:db8:1:3::1'
        assert.equal((await guess(A_PASSWORD)).json.code, 'sign_in.tries_exceeded', 'also from another /64 of the site')
        server.clock.advance(MINUTE_MS)
        const due = await Promise.all(['wrong', 'wrong', 'wrong'].map(async (one) => (await guess(one)).json.code))
        assert.deepEqual(due.sort(), ['sign_in.refused', 'sign_in.tries_exceeded', 'sign_in.tries_exceeded'])
      }
      // Those of the name that there is, when the answers have left.
      await until(async () => (await db.selectFrom('failed_sign_in').select('at').execute()).length === 11)
      const [listed] = (await server.api.listStaff()).items
      assert.deepEqual([listed?.name, listed?.sessions, listed?.failed_sign_ins], ['Mei', 1, 11])
      assert.equal(listed?.last_failed_at, server.clock.now().toISOString())
      // Who comes from where they came from before is not locked out.
      assert.equal((await new Browser(server).signIn('Mei')).failed_sign_ins, 11)
      const slowed = await db
        .selectFrom('installation_entry')
        .select('detail')
        .where('action', '=', 'sign_in.slow')
        .execute()
      assert.deepEqual(
        slowed.map(({ detail }) => JSON.parse(detail)),
        ['ghost', 'mei'].map((of) => ({ sort: 'account', of, wrong: 10 })),
      )
      server.clock.advance(60 * MINUTE_MS)
      await guesser.signIn('Mei')
    })

    test('lets in who has the right password at a place that is new to them, however many guess elsewhere', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.1/32,::1/128' } })
      const { db } = server.services
      await anOperator(server, 'Mei')
      const visitor = new Browser(server)
      const guess = async (password: string, from: string) => {
        visitor.headers['x-forwarded-for'] = from
        return (await visitor.send('POST', '/sign-in/password', { name: 'Mei', password })).json.code
      }
      for (const stranger of ['203.0.113.1', '203.0.113.2']) {
        for (let count = 0; count < 10; count += 1) await guess('wrong', stranger)
        assert.equal(await guess(A_PASSWORD, stranger), 'sign_in.tries_exceeded')
      }
      await db.updateTable('sign_in_limit').set({ wrong: 99 }).where('limit_key', '=', 'account mei').execute()
      await guess('wrong', '203.0.113.3')
      assert.equal(await guess(A_PASSWORD, '198.51.100.7'), undefined)
      const told = db.selectFrom('installation_entry').select('detail').where('action', '=', 'sign_in.slow')
      const wrong = (await told.execute()).map(({ detail }) => JSON.parse(detail).wrong)
      assert.deepEqual(wrong, [10, 100], 'operators are told again when it goes on')
    })

    test('looks at thirty wrong tries of one address, whatever is guessed, by its /48', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.1/32,::1/128' } })
      const operator = await anOperator(server, 'Mei')
      const neighbour = new Browser(server)
      neighbour.headers['x-forwarded-for'] = '2001:db8:1:2::ffff'
      const { link } = await operator.ok('POST', '/staff/invitations', { name: 'Wang', roles: ['reviewer'] })
      await neighbour.accept(link)
      const guesser = new Browser(server)
      const token = 'A'.repeat(43)
      for (let count = 0; count < 30; count += 1) {
        guesser.headers['x-forwarded-for'] = `2001:db8:1:${count}::1`
        assert.deepEqual(await guesser.ok('POST', '/sign-in/invitation', { token }), { invitation: null })
      }
      await guesser.refused('sign_in.tries_exceeded', 'POST', '/sign-in/invitation', { token })
      const right = { name: 'Mei', password: A_PASSWORD }
      await guesser.refused('sign_in.tries_exceeded', 'POST', '/sign-in/password', right)
      // Who has signed in from there before is not kept out by who guesses there.
      await neighbour.signIn('Wang')
      guesser.headers['x-forwarded-for'] = '2001:db8:2:3::1'
      await guesser.signIn('Mei')
    })

    test('hashes as much for a name that nobody has as for a wrong password', async () => {
      await using server = await startTestServer(kind)
      await anOperator(server, 'Mei')
      const { turns } = await server.services.signIn()
      let hashed = 0
      const run = turns.run.bind(turns)
      turns.run = (network, work) => {
        hashed += 1
        return run(network, work)
      }
      for (const name of ['Mei', 'ghost']) {
        hashed = 0
        await new Browser(server).send('POST', '/sign-in/password', { name, password: 'wrong' })
        assert.equal(hashed, 1, name)
      }
    })

    test('refuses whose password was right when it was taken away meanwhile', async () => {
      await using server = await startTestServer(kind)
      await anOperator(server, 'Mei')
      await aMember(server, 'Li', ['reviewer'])
      const { turns } = await server.services.signIn()
      const run = turns.run.bind(turns)
      turns.run = async (network, work) => {
        const found = await run(network, work)
        turns.run = run
        await server.api.resetStaff({ params: { name: 'Li' } })
        return found
      }
      const right = { name: 'Li', password: A_PASSWORD }
      await new Browser(server).refused('sign_in.refused', 'POST', '/sign-in/password', right)
      const open = server.services.db.selectFrom('staff_session').select('session_id').where('way', '=', 'password')
      assert.deepEqual(await open.execute(), [])
    })

    test('takes a one-time link once: of two who follow it one becomes a member', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server)
      const invite = async (name: string) =>
        (await operator.ok('POST', '/staff/invitations', { name, roles: ['auditor'] })).link
      const link = await invite('Li')
      const follow = () =>
        new Browser(server).send('POST', '/sign-in/invitation/accept', {
          token: link.split('#')[1],
          password: A_PASSWORD,
        })
      const answers = await Promise.all([follow(), follow()])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410])
      await operator.refused('staff.name_taken', 'POST', '/staff/invitations', { name: 'LI', roles: ['lead'] })

      const refused = async (one: string) => {
        const token = one.split('#')[1]
        assert.equal((await new Browser(server).ok('POST', '/sign-in/invitation', { token })).invitation, null)
      }
      const older = await invite('Wang')
      const newer = await invite('Wang')
      await refused(older)
      const { items } = await operator.ok('GET', '/staff/invitations')
      assert.deepEqual(
        items.map(({ name, invited_by }: Record<string, unknown>) => [name, invited_by]),
        [['Wang', 'staff:韩梅梅']],
      )
      await operator.ok('DELETE', `/staff/invitations/${items[0].id}`)
      await operator.refused('invitation.unknown', 'DELETE', `/staff/invitations/${items[0].id}`)
      await refused(newer)
      const late = await invite('Zhang')
      server.clock.advance(24 * 60 * MINUTE_MS)
      await refused(late)
    })

    test('leaves at most two hundred invitations open', async () => {
      await using server = await startTestServer(kind)
      const invite = (name: string) => server.api.inviteStaff({ body: { name, roles: ['lead'] } })
      for (let count = 0; count < 200; count += 1) await invite(`Name ${count}`)
      await assert.rejects(invite('one more'), apiProblem('invitation.too_many', 409))
    })

    test('makes the first operator by the link of the last start, however many there were', async () => {
      await using server = await startTestServer(kind)
      const { db } = server.services
      const tokens: (string | undefined)[] = []
      for (let start = 0; start < 3; start += 1) tokens.unshift(await inviteFirstOperator(db, server.clock))
      assert.equal((await db.selectFrom('staff_invitation').select('invitation_id').execute()).length, 1)
      const accept = (token: string | undefined, body: object) =>
        new Browser(server).send('POST', '/sign-in/invitation/accept', { token, ...body })
      assert.equal((await accept(tokens[0], { password: A_PASSWORD })).json.code, 'staff.name_required')
      for (const password of ['short', 'aaaabbbbaaaabbbb', 'Li-Lei-is-my-name', 'Li-Lei-is-']) {
        assert.equal((await accept(tokens[0], { name: 'li-lei', password })).json.code, 'password.too_weak', password)
      }
      for (const name of [' Li', 'Li\u200b', 'Li\n', '']) {
        assert.equal((await accept(tokens[0], { name, password: A_PASSWORD })).json.code, 'request.malformed', name)
      }
      assert.equal((await accept(tokens[0], { name: 'Li', password: A_PASSWORD })).status, 200)
      assert.equal((await accept(tokens[1], { name: 'Wang', password: A_PASSWORD })).json.code, 'invitation.invalid')
      assert.equal(await inviteFirstOperator(db, server.clock), undefined)
      const entries = db.selectFrom('installation_entry').select(['actor', 'action']).where('actor', '=', 'server')
      const told = (await entries.orderBy('entry_no').execute()).map(({ action }) => action)
      assert.deepEqual(told, ['key.create', ...Array(3).fill('staff.invite_first')])
      assert.deepEqual((await verifyTrail(db)).faults, [])
    })

    test('makes no second first operator by a link that was still good when there was one', async () => {
      await using server = await startTestServer(kind)
      const { db, clock } = server.services
      const token = await inviteFirstOperator(db, clock)
      const { link } = await server.api.inviteStaff({ body: { name: 'Mei', roles: ['operator'] } })
      await new Browser(server).accept(link)
      const body = { token, name: 'Wang', password: A_PASSWORD }
      assert.equal(
        (await new Browser(server).send('POST', '/sign-in/invitation/accept', body)).json.code,
        'invitation.invalid',
      )
    })
  })

  describe(`the staff on ${kind.name}`, () => {
    test('always has an active operator', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      await operator.refused('staff.last_operator', 'POST', '/staff/Mei/deactivate')
      await operator.refused('staff.last_operator', 'PUT', '/staff/Mei/roles', { roles: ['lead', 'auditor'] })
      const other = await aMember(server, 'Li', ['operator'])
      await operator.ok('POST', '/staff/Li/deactivate')
      await other.refused('session.ended', 'GET', '/own')
      await operator.refused('staff.last_operator', 'POST', '/staff/Mei/deactivate')
      await operator.ok('POST', '/staff/Li/reactivate')
      const { link } = await operator.ok('POST', '/staff/Li/reset')
      // Who has still to choose a password may never do so.
      await operator.refused('staff.last_operator', 'POST', '/staff/Mei/deactivate')
      await other.accept(link)
      const both = ['Mei', 'Li'].map((name) => server.api.deactivateStaff({ params: { name } }))
      const done = await Promise.allSettled(both)
      assert.deepEqual(done.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    })

    test('keeps the name of whoever leaves, who signs in no more until they come back', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      await aMember(server, 'Li', ['reviewer'])
      assert.equal((await operator.ok('POST', '/staff/Li/deactivate')).state, 'deactivated')
      const right = { name: 'Li', password: A_PASSWORD }
      await new Browser(server).refused('sign_in.refused', 'POST', '/sign-in/password', right)
      await operator.refused('staff.name_taken', 'POST', '/staff/invitations', { name: 'li', roles: ['reviewer'] })
      await operator.refused('staff.deactivated', 'POST', '/staff/Li/reset')
      assert.deepEqual((await operator.ok('GET', '/staff?state=deactivated')).items.length, 1)
      await operator.ok('POST', '/staff/Li/reactivate')
      await new Browser(server).signIn('Li')
      await operator.refused('staff.unknown', 'POST', '/staff/ghost/reset')
    })

    test('ends with whoever leaves the keys that they made, where that is asked', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      const li = await aMember(server, 'Li', ['operator'])
      for (const name of ['stock', 'till']) {
        const { key } = await li.ok('POST', '/keys', { name, roles: ['operator'] })
        assert.ok(await server.services.keys.find(key))
      }
      await operator.ok('POST', '/keys', { name: 'other', roles: ['auditor'] })
      const left = async () => {
        const { items } = await operator.ok('GET', '/keys?created_by=staff:Li')
        return items.map((key: Record<string, unknown>) => [key.name, key.revoked_at === null])
      }
      await operator.ok('POST', '/staff/Li/deactivate')
      const counting = [
        ['stock', true],
        ['till', true],
      ]
      assert.deepEqual(await left(), counting)
      await operator.ok('POST', '/staff/Li/deactivate?keys=revoke')
      assert.deepEqual(
        await left(),
        counting.map(([name]) => [name, false]),
      )
      const { items } = await operator.ok('GET', '/keys')
      const active = items.filter((key: Record<string, unknown>) => key.revoked_at === null)
      assert.deepEqual(
        active.map(({ name }: Record<string, unknown>) => name),
        ['first', 'other'],
      )
      const trail = await operator.ok('GET', '/trail?action=key.revoke')
      assert.deepEqual(
        trail.items.map(({ actor, detail }: Record<string, unknown>) => [actor, detail]),
        ['till', 'stock'].map((key) => ['staff:Mei', { key }]),
      )
    })

    test('signs in by the new password alone after a reset', async () => {
      await using server = await startTestServer(kind)
      const operator = await anOperator(server, 'Mei')
      await aMember(server, 'Li', ['reviewer'])
      const { link } = await operator.ok('POST', '/staff/Li/reset')
      const old = { name: 'Li', password: A_PASSWORD }
      await new Browser(server).refused('sign_in.refused', 'POST', '/sign-in/password', old)
      const li = new Browser(server)
      assert.deepEqual((await li.accept(link, { password: 'another long password' })).roles, ['reviewer'])
      await new Browser(server).refused('sign_in.refused', 'POST', '/sign-in/password', old)
      await new Browser(server).signIn('Li', 'another long password')
      const { resets } = await li.ok('GET', '/own/sessions')
      assert.deepEqual(resets, [{ at: server.clock.now().toISOString(), by: 'staff:Mei' }])
      assert.deepEqual((await operator.ok('GET', '/own/sessions')).resets, [])
      const actions = await server.services.db.selectFrom('installation_entry').select(['actor', 'action']).execute()
      const ofLi = actions
        .filter(({ action }) => /^(staff|password)/.test(action))
        .map(({ actor, action }) => `${actor} ${action}`)
      assert.deepEqual(ofLi, [
        'server staff.invite_first',
        'staff:Mei staff.join',
        'key:first staff.invite',
        'staff:Li staff.join',
        'staff:Mei staff.reset',
        'staff:Li password.set',
      ])
      assert.deepEqual((await verifyTrail(server.services.db)).faults, [])
    })
  })

  describe(`the demo reviewer on ${kind.name}`, () => {
    test('signs in by one click, from the machine itself', async () => {
      const env = { SANDBOX_STAFF: 'demo', TRUST_PROXY: '127.0.0.2/32' }
      await using server = await startTestServer(kind, { env })
      const browser = new Browser(server)
      assert.equal((await browser.ok('GET', '/sign-in')).demo, true)
      const { account } = await browser.ok('POST', '/sign-in/demo')
      assert.deepEqual([account.name, account.roles], ['demo', ['reviewer', 'lead']])
      await new Browser(server).ok('POST', '/sign-in/demo')
      await browser.refused('permission.missing', 'POST', '/staff/invitations', { name: 'Li', roles: ['operator'] })
      const stranger = new Browser(server)
      stranger.headers['x-forwarded-for'] = '203.0.113.7'
      await stranger.refused('sign_in.way_closed', 'POST', '/sign-in/demo')
      assert.equal((await stranger.ok('GET', '/sign-in')).demo, false)
      await anOperator(server)
    })

    test('is nowhere else', async () => {
      await using server = await startTestServer(kind)
      await new Browser(server).refused('sign_in.way_closed', 'POST', '/sign-in/demo')
      assert.throws(
        () => readConfig({ MODE: 'production', SANDBOX_STAFF: 'demo' }),
        /SANDBOX_STAFF: only in the sandbox/,
      )
    })
  })
}
