import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { claimApplication } from '../src/applications/claim-application.ts'
import { inDataDir } from '../src/data-dir/data-dir.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { openDatabase } from '../src/db/open.ts'
import { applyForCategory } from './apply-for-category.ts'
import { aMember, Browser } from './browser.ts'
import { DATABASES } from './databases.ts'
import { aBatch } from './factories.ts'
import { startReceiver } from './receiver.ts'
import { environmentOf, runShenpi } from './run-shenpi.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'

const OPEN = { env: { SANDBOX_APPROVE: 'all' } }

/** The command line of an operator at the server's machine. */
function shenpiOn(server: TestServer) {
  const run = (...args: string[]) => runShenpi(args, environmentOf(server.place))
  return {
    run,
    /** A command that is meant to do its work; its lines. */
    async lines(...args: string[]): Promise<string[]> {
      const { code, stdout, stderr } = await run(...args)
      assert.equal(code, 0, stderr)
      return stdout.trimEnd().split('\n')
    },
    async json(...args: string[]) {
      const { code, stdout, stderr } = await run(...args, '--json')
      assert.equal(code, 0, stderr)
      return JSON.parse(stdout)
    },
    /** A command that is meant to be refused; its sentence. */
    async refused(...args: string[]): Promise<string> {
      const { code, stdout, stderr } = await run(...args)
      assert.equal(code, 1)
      assert.equal(stdout, '')
      assert.doesNotMatch(stderr, /\n\s+at /)
      return stderr.trimEnd()
    },
  }
}

const [FIRST] = DATABASES
assert.ok(FIRST)

// These ask a running server, so that one database serves for all.
describe('the command line of a server', () => {
  test('creates an account that can call the wire at once', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, json } = shenpiOn(server)
    const [appid = '', secret = '', note] = await lines('account', 'create', '--name', '小店')
    assert.match(appid, /^appid {3}wx[0-9a-f]{16}$/)
    assert.match(secret, /^secret {2}[0-9a-f]{32}$/)
    assert.equal(note, 'The secret is shown this once.')
    const query = `grant_type=client_credential&appid=${appid.slice(8)}&secret=${secret.slice(8)}`
    const token = await (await fetch(`${server.url}/cgi-bin/token?${query}`)).text()
    assert.match(token, /access_token/)

    const created = await json('account', 'create', '--name', 'Acme')
    assert.match(created.appid, /^wx/)
    const { items } = await json('account', 'list')
    assert.deepEqual(
      items.map(({ name }: { name: string }) => name),
      ['Sandbox merchant', '小店', 'Acme'],
    )
    const [head = '', ...rows] = await lines('account', 'list')
    assert.match(head, /^APPID +NAME +DEVICES +CALLBACK +CREATED/)
    assert.match(rows[1] ?? '', /小店 +0\/10000 +– +2026-03-14 12:00$/)
  })

  test('takes a decision back that waits, names the fields of a rejection, and lists reasons', async () => {
    await using server = await startTestServer(FIRST, OPEN)
    const { lines, json, refused } = shenpiOn(server)
    await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 501 }))
    const [waiting] = await lines('approve', '1-2', '--delay')
    assert.match(waiting ?? '', /^Application 1-2: approve takes effect at 2026-03-14 12:00:10: 501 device IDs/)
    assert.match(await refused('reject', '1-2', '--reason', 'no'), /^shenpi: A decision on this application waits/)
    assert.deepEqual(await lines('undo', '1-2'), ['The decision on application 1-2 is taken back.'])
    assert.match(await refused('undo', '1-2'), /^shenpi: No decision on this application can be taken back/)

    const { review } = server.services
    const claimant = { actorKey: 'staff:1', actor: 'staff:李雷' }
    await claimApplication(review, { accountId: 1, applicationNo: 2 }, claimant)
    const reject = ['reject', '1-2', '--reason', '数量过大', '--field', 'quantity', 'apply_reason']
    assert.match(await refused(...reject), /^shenpi: Somebody else is at this application\. staff:李雷 has it until/)
    const rejected = await json(...reject, '--override')
    assert.deepEqual([rejected.state, rejected.rejected_fields], ['rejected', ['quantity', 'apply_reason']])

    const [head = '', first = ''] = await lines('reasons', '--kind', 'device_batch')
    assert.match(head, /^NO +KIND +FIELDS +TITLE +TEXT/)
    assert.match(first, /device_batch +quantity apply_reason +数量与用途不符/)
    assert.match(
      (await lines('reasons', '--kind', 'device_batch', '--language', 'en'))[1] ?? '',
      /Quantity does not fit/,
    )
    await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 502 }))
    const [number = ''] = first.split(' ')
    assert.match(await refused('reject', '1-3', '--from-library', '999'), /^shenpi: There is no such reason/)
    const english = await json('reject', '1-3', '--from-library', number, '--language', 'en')
    assert.deepEqual([english.state, english.rejected_fields], ['rejected', ['quantity', 'apply_reason']])
    assert.match(english.reason, /^[A-Z][\x20-\x7e]+\.$/)
  })

  test('decides several applications together, after a preview, and takes that back', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, refused } = shenpiOn(server)
    const ids = await submitSome(server, 2)
    const [first = '', second = ''] = ids
    assert.deepEqual(await lines('approve', ...ids, '--preview'), [
      'ID   WHAT COMES OF IT',
      `${first}  the outcome`,
      `${second}  the outcome`,
    ])
    const [decided, how = ''] = await lines('approve', ...ids, '--delay')
    assert.equal(decided, 'The decision on 2 applications takes effect at 2026-03-14 12:00:10: approve.')
    const [, bulk = ''] = /^Until then "shenpi undo ([0-9a-f-]{36})" takes all of it back\.$/.exec(how) ?? []
    assert.deepEqual(await lines('undo', bulk), ['The decision on 2 applications is taken back.'])
    await lines('approve', first)
    assert.match(
      (await lines('approve', ...ids, '--preview'))[1] ?? '',
      / refused: This application already has an out/,
    )
    assert.match(await refused('approve', ...ids), /1 of them, as \d-1: This application already has an outcome\./)
    assert.equal((await server.api.getApplication({ params: { id: second } })).stage, 'open')
  })

  test('lists, approves and rejects applications', async () => {
    await using server = await startTestServer(FIRST, OPEN)
    const { lines, json, refused } = shenpiOn(server)
    assert.deepEqual(await lines('applications'), ['No application is under review.'])
    await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 501 }))
    await applyForCategory(server.sandbox)
    const [head = '', ...rows] = await lines('applications')
    assert.match(head, /^ID +KIND +ACCOUNT +STATE +DUE/)
    assert.match(
      rows[0] ?? '',
      /^1-2 +device_batch +wx\w+ +under_review +2026-03-18 23:59 +501 device IDs: shop floor$/,
    )
    assert.equal(rows.length, 2)
    const { items } = await json('applications', '--kind', 'device_batch')
    assert.equal(items.length, 1)

    assert.match(await refused('reject', '1-2'), /^shenpi: Say why the application is rejected\.$/)
    assert.match(await refused('reject', '1-2', '--reason', ' '), /^shenpi: Say why the application is rejected\.$/)
    const [sentence] = await lines('approve', '1-2')
    assert.equal(sentence, 'Application 1-2 is approved: 501 device IDs: shop floor')
    assert.match(await refused('approve', '1-2'), /^shenpi: This application already has an outcome\./)
    const decided = await json('reject', '1-3', '--reason', '证件不清晰')
    assert.equal(decided.state, 'rejected')
    assert.equal(decided.reason, '证件不清晰')
    assert.equal((await json('applications', '--state', 'all')).items.length, 3)
    assert.match(await refused('approve', '9-9'), /^shenpi: There is no such application\.$/)
    assert.match(await refused('applications', '--state', 'lost'), /^shenpi: The request is not valid\. state/)
    const apply_reason = 'a\u001b[2Jb\u202ec\nd'
    await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 503, apply_reason }))
    assert.deepEqual(await lines('reject', '1-4', '--reason', 'no'), [
      'Application 1-4 is rejected: 503 device IDs: a [2Jb c d',
    ])
    await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 502 }))
    await applyForCategory(server.sandbox)
    server.clock.advance(7 * 24 * 3600 * 1000)
    const overdue = await lines('applications', '--limit', '1')
    assert.match(overdue[1] ?? '', /under_review, overdue/)
    assert.equal(overdue.at(-1), 'There are more: --limit shows up to 200.')
  })

  test('sets the callback address of an account, lists deliveries and replays one', async () => {
    await using server = await startTestServer(FIRST)
    await using receiver = await startReceiver()
    const { lines, json, refused } = shenpiOn(server)
    assert.deepEqual(await lines('deliveries'), ['No delivery.'])
    const id = await applyForCategory(server.sandbox)
    await json('approve', id)
    assert.match((await lines('deliveries'))[1] ?? '', /^1-1 +open_product_category_audit +wx\w+ +1-1 +unaddressed +0 /)
    assert.match(await refused('replay', '1-1'), /^shenpi: The account has no callback URL to send to\.$/)
    const { appid } = server.sandbox
    const where = ['--callback-url', receiver.url, '--token', receiver.token]
    const [sentence] = await lines('account', 'callback', appid, ...where)
    assert.equal(sentence, `${appid} is called back at ${receiver.url}, verified.`)
    assert.match((await lines('account', 'list'))[1] ?? '', /\(plain, xml\)/)
    assert.deepEqual(await lines('replay', '1-1'), ['Delivery 1-1 is on its way again.'])
    await receiver.waitFor(1)
    assert.equal((await json('deliveries', '--application', '1-1')).items.length, 1)
    assert.match(await refused('replay', '1-9'), /^shenpi: There is no such delivery\.$/)
  })

  test('shows and sets whether an account is verified or frozen', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, json, refused } = shenpiOn(server)
    const state = ['account', 'state', server.sandbox.appid]
    assert.deepEqual(await lines(...state), ['verified        yes', 'frozen          no', 'secret frozen   no'])
    const changed = await json(...state, '--verified', 'no', '--secret-frozen', 'yes')
    assert.deepEqual([changed.verified, changed.frozen, changed.secret_frozen], [false, false, true])
    assert.equal((await lines(...state, '--frozen', 'yes'))[1], 'frozen          yes')
    assert.match(await refused(...state, '--frozen', 'perhaps'), /^shenpi: --frozen: "yes" or "no", not "perhaps"$/)
  })

  test('shows and closes an account’s shop access', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, json, refused } = shenpiOn(server)
    const { appid } = server.sandbox
    assert.deepEqual(await lines('account', 'shop', appid), ['connected, open since 2026-03-14 12:00 (UTC+8)'])
    assert.equal((await json('account', 'shop', appid, '--set', 'banned')).status, 'banned')
    assert.equal((await json('account', 'shop', appid, '--set', 'connected')).status, 'connected')
    assert.deepEqual(await lines('account', 'shop', appid, '--set', 'cancelled'), ['cancelled'])
    assert.match(
      await refused('account', 'shop', appid, '--set', 'banned'),
      /^shenpi: the mini program is not connected/,
    )
    assert.match(await refused('account', 'shop', appid, '--set', 'none'), /^shenpi: The request is not valid/)
  })

  test('shows and records the documents that a mini program was registered with', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, json, refused } = shenpiOn(server)
    const certificates = ['account', 'certificates', server.sandbox.appid]
    assert.deepEqual(await lines(...certificates), [
      'category   商家自营 / 食品: https://example.com/food-licence.png',
      'brand      山茶: https://example.com/sale-authorization.png https://example.com/trademark.png',
    ])
    const file = join(server.place.dataDir, 'certificates.json')
    writeFileSync(file, JSON.stringify({ ...(await json(...certificates)), brand_info: null }))
    assert.equal((await lines(...certificates, '--import', file)).length, 1)
    writeFileSync(file, '{"category_info_list":[]}')
    assert.deepEqual(await lines(...certificates, '--import', file), ['No document.'])
    writeFileSync(file, '{"categories":[]}')
    assert.match(await refused(...certificates, '--import', file), /^shenpi: The request is not valid/)
    writeFileSync(file, '{')
    assert.match(await refused(...certificates, '--import', file), /cannot be read as JSON/)
  })

  test('invites, lists, resets and deactivates staff', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, json, refused } = shenpiOn(server)
    assert.deepEqual(await lines('staff', 'list'), ['There is no staff yet.'])
    const roles = ['--role', 'reviewer', '--role', 'operator']
    const [link = '', note] = await lines('staff', 'invite', '--name', '李雷', ...roles)
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/console\/invitation#[\w-]{43}$/)
    assert.match(note ?? '', /^For 李雷 alone: it is good once, until 2026-03-15 12:00 \(UTC\+8\)\.$/)
    await new Browser(server).accept(link)
    const [head, row] = await lines('staff', 'list')
    assert.match(head ?? '', /^NAME {2,}ROLES/)
    assert.match(row ?? '', /^李雷 +reviewer, operator +active +2026-03-14 12:00$/)
    assert.equal(await refused('staff', 'deactivate', '李雷'), 'shenpi: Somebody must be left who can let others in.')
    assert.match((await json('staff', 'reset', '李雷')).link, /#[\w-]{43}$/)
    await json('staff', 'invite', '--name', 'Mei', '--role', 'operator')
    assert.match(await refused('staff', 'invite', '--name', 'x', '--role', 'boss'), /roles\/0: one of reviewer/)
    await aMember(server, 'Wang', ['operator'])
    const gone = await lines('staff', 'deactivate', '李雷')
    assert.deepEqual(gone, ['李雷 is deactivated, and all their sessions have ended.'])
  })

  test('imports categories', async () => {
    await using server = await startTestServer(FIRST)
    const { lines, refused } = shenpiOn(server)
    const tree = (await server.sandbox.post('/shop/cat/get', {})).text
    const file = join(server.place.dataDir, 'categories.json')
    writeFileSync(file, tree)
    const { third_cat_list: list } = JSON.parse(tree)
    assert.deepEqual(await lines('categories', 'import', file), [`${list.length} categories imported.`])
    writeFileSync(file, '{"other": []}')
    assert.match(await refused('categories', 'import', file), /has no third_cat_list/)
    writeFileSync(file, '{')
    assert.match(await refused('categories', 'import', file), /cannot be read as JSON/)
  })
})

for (const kind of DATABASES) {
  describe(`the command line on ${kind.name}`, () => {
    test('verifies the audit trail, and exits with 1 when it is broken', async () => {
      await using server = await startTestServer(kind, OPEN)
      const { run, lines, json } = shenpiOn(server)
      assert.deepEqual(await lines('audit', 'verify'), ['The audit trail is whole. Accounts: 1, entries: 6.'])
      assert.equal((await json('audit', 'verify')).entries, 6)
      await server.services.db
        .updateTable('audit_entry')
        .set('actor' as never, 'nobody' as never)
        .where('entry_no', '=', 2)
        .execute()
      const broken = await run('audit', 'verify')
      assert.equal(broken.code, 1)
      assert.match(
        broken.stdout,
        /^account 1, entry 2: .*\nThe audit trail is broken\. Accounts: 1, broken trails: 1\.\n$/,
      )
      const asJson = await run('audit', 'verify', '--json')
      assert.equal(asJson.code, 1)
      assert.equal(JSON.parse(asJson.stdout).faults[0].entryNo, 2)
    })

    test('migrates a database once, without a server', async () => {
      await using place = await kind.emptyPlace()
      const env = environmentOf(place)
      const first = await runShenpi(['migrate'], env)
      assert.deepEqual([first.code, first.stdout], [0, `Migrated: ${Object.keys(migrations).join(', ')}\n`])
      assert.equal((await runShenpi(['migrate'], env)).stdout, 'The database is up to date.\n')
      assert.deepEqual(JSON.parse((await runShenpi(['migrate', '--json'], env)).stdout), { migrations: [] })
      const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: inDataDir(place.dataDir).database })
      const newer = { name: '9999-newer', timestamp: '2099' }
      await db
        .insertInto('schema_migration' as never)
        .values(newer as never)
        .execute()
      await db.destroy()
      const refused = await runShenpi(['migrate'], env)
      assert.equal(refused.code, 1)
      assert.match(refused.stderr, /^shenpi: the database was migrated by a newer server than this one: [^\n]*\n$/)
    })
  })
}

test('the command line says in a sentence when no server runs or answers', async () => {
  await using place = await FIRST.place()
  const fresh = await runShenpi(['applications'], environmentOf(place))
  assert.equal(fresh.code, 1)
  assert.match(fresh.stderr, /^shenpi: there is no API key at .*: start a server there, or set DATA_DIR\n$/)
  const server = await startTestServer(FIRST, { place })
  await server.stop()
  const stopped = await runShenpi(['applications'], environmentOf(place))
  assert.match(
    stopped.stderr,
    /^shenpi: no server runs on .*: start one with "shenpi serve", or name one with --url\n$/,
  )
  const nobody = await runShenpi(['applications', '--url', server.url], environmentOf(place))
  assert.equal(nobody.stderr, `shenpi: no server answers at ${server.url}\n`)
  const stack = await runShenpi(['applications', '--url', server.url], environmentOf(place, { LOG_LEVEL: 'debug' }))
  assert.match(stack.stderr, /\n\s+at /)
})
