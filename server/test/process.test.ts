import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createApiClient } from '@shenpi/sdk/client'
import { sql } from 'kysely'
import { hashSecret } from '../src/accounts/secret.ts'
import { inDataDir } from '../src/data-dir/data-dir.ts'
import { openDatabase } from '../src/db/open.ts'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { DATABASES } from './databases.ts'
import { environmentOf, runShenpi, spawnServer } from './run-shenpi.ts'
import { until } from './until.ts'

const [SQLITE] = DATABASES
assert.ok(SQLITE)

const tokenUrl = (url: string) =>
  `${url}/cgi-bin/token?grant_type=client_credential&appid=${SANDBOX_ACCOUNT.appid}&secret=${SANDBOX_ACCOUNT.secret}`

for (const kind of DATABASES) {
  describe(`a server on ${kind.name}`, () => {
    test('says in one line that it is ready, and where', async () => {
      await using place = await kind.place()
      await using server = await spawnServer(place)
      assert.match(server.ready, /^shenpi ready http:\/\/127\.0\.0\.1:\d+$/)
      assert.equal((await fetch(`${server.url}/livez`)).status, 200)
      assert.equal(readFileSync(inDataDir(place.dataDir).server, 'utf8'), `${server.url}\n`)
      assert.equal(server.stderr(), '')
    })

    test('says where the console is, and how the first operator comes in until there is one', async () => {
      await using place = await kind.place()
      await using first = await spawnServer(place)
      const link =
        /^shenpi console (http:\/\/localhost:\d+\/console\/invitation#([\w-]{43})) makes the first operator: /
      const [, , token] = link.exec(first.console) ?? assert.fail(first.console)
      const accepted = await fetch(`${first.url}/api/v1/sign-in/invitation/accept`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, name: 'Mei', password: 'correct horse battery' }),
      })
      assert.equal(accepted.status, 200)
      first.child.kill('SIGTERM')
      await first.ended
      await using second = await spawnServer(place)
      assert.match(second.console, /^shenpi console http:\/\/localhost:\d+\/console\/$/)
    })

    test('lets only its owner read API key and database, and stores only a hash of the key', async () => {
      await using place = await kind.place()
      await using server = await spawnServer(place)
      const path = join(place.dataDir, 'api-key')
      const key = readFileSync(path, 'utf8').trim()
      assert.equal(statSync(path).mode & 0o777, 0o600)
      const { database } = inDataDir(place.dataDir)
      for (const file of kind === SQLITE ? [database, `${database}-wal`] : []) {
        assert.equal(statSync(file).mode & 0o777, 0o600, file)
      }
      assert.match(key, /^shenpi_[\w-]{43}$/)
      const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: inDataDir(place.dataDir).database })
      const rows = await db.selectFrom('api_key').select('key_hash').execute()
      await db.destroy()
      assert.deepEqual(
        rows.map(({ key_hash }) => key_hash),
        [hashSecret(key)],
      )
      assert.equal(server.stderr(), '')
    })

    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      test(`finishes what is in flight at ${signal} and ends within ten seconds`, async () => {
        await using place = await kind.place()
        await using server = await spawnServer(place)
        const started = performance.now()
        // A request that has begun and is not yet whole.
        const sending = request(`${server.url}/cgi-bin/stable_token`, { method: 'POST', agent: false })
        const answered = new Promise<string>((resolve, reject) => {
          sending.on('error', reject).on('response', (response) => {
            let body = ''
            response.on('data', (chunk) => {
              body += chunk
            })
            response.on('end', () => resolve(body))
          })
        })
        sending.write('{"grant_type":"client_credential",')
        // An idle connection must not hold it up.
        await fetch(tokenUrl(server.url)).then((answer) => answer.text())
        server.child.kill(signal)
        await until(async () =>
          fetch(`${server.url}/livez`).then(
            () => false,
            () => true,
          ),
        )
        const { appid, secret } = SANDBOX_ACCOUNT
        sending.end(`"appid":"${appid}","secret":"${secret}"}`)
        assert.match(JSON.parse(await answered).access_token, /\w/)
        assert.equal(await server.ended, 0)
        assert.ok(performance.now() - started < 10_000)
        assert.ok(!existsSync(inDataDir(place.dataDir).server))
      })
    }

    test('starts on what a killed server left, and knows what that one acknowledged', async () => {
      await using place = await kind.place()
      await using killed = await spawnServer(place, { UNDO_SECONDS: '1' })
      const { access_token: token } = (await (await fetch(tokenUrl(killed.url))).json()) as { access_token: string }
      const key = readFileSync(join(place.dataDir, 'api-key'), 'utf8').trim()
      const api = createApiClient({ url: killed.url, key })
      const params = { appid: SANDBOX_ACCOUNT.appid }
      const { id } = await api.applyForDeviceQuota({ params, body: { quantity: 9, purpose: 'more' } })
      const body = { move: 'approve', delay: true } as const
      const waiting = await api.decideApplication({ params: { id }, version: 1, body })
      assert.equal(waiting.state, 'under_review')
      killed.child.kill('SIGKILL')
      assert.equal(await killed.ended, 'SIGKILL')
      await using next = await spawnServer(place)
      const answer = await fetch(`${next.url}/shakearound/account/auditstatus?access_token=${token}`)
      assert.equal(((await answer.json()) as { errcode: number }).errcode, 9001020)
      const again = createApiClient({ url: next.url, key })
      await until(async () => (await again.getApplication({ params: { id } })).state === 'approved')
    })
  })
}

test('a server stops in time despite an unfinished request, and logs no fault for a client that left', async () => {
  await using place = await SQLITE.place()
  await using server = await spawnServer(place)
  const begin = async () => {
    const sending = request(`${server.url}/cgi-bin/stable_token`, { method: 'POST', agent: false }).on(
      'error',
      () => {},
    )
    sending.setHeader('content-length', 100)
    await new Promise((resolve) => sending.write('{', resolve))
    return sending
  }
  ;(await begin()).destroy()
  await begin()
  await fetch(`${server.url}/livez`)
  const started = performance.now()
  server.child.kill('SIGTERM')
  assert.equal(await server.ended, 0)
  assert.ok(performance.now() - started < 10_000)
  assert.equal(server.stderr(), '')
})

describe('a data directory', () => {
  test('is refused to a second server in a sentence, until the first has ended', async () => {
    await using place = await SQLITE.place()
    await using first = await spawnServer(place)
    const second = await runShenpi(['serve'], environmentOf(place, { PORT: '0' }))
    assert.equal(second.code, 1)
    assert.equal(second.stdout, '')
    assert.equal(
      second.stderr,
      `shenpi: Another shenpi server uses ${place.dataDir} (${first.url}). Stop it, or start this one with another DATA_DIR.\n`,
    )
    assert.equal((await fetch(`${first.url}/livez`)).status, 200)
    first.child.kill('SIGKILL')
    await first.ended
    await using third = await spawnServer(place)
    assert.notEqual(third.url, '')
  })

  test('is not said to be in use by another server when its lock is damaged', async () => {
    await using place = await SQLITE.place()
    writeFileSync(inDataDir(place.dataDir).lock, 'no lock '.repeat(1000))
    const { code, stderr } = await runShenpi(['serve'], environmentOf(place, { PORT: '0' }))
    assert.equal(code, 1)
    assert.match(stderr, /^shenpi: \S+server\.lock cannot be locked: [^\n]+\n$/)
  })

  test('is refused in a sentence when it cannot be created', async () => {
    await using place = await SQLITE.place()
    const env = environmentOf({ ...place, dataDir: '/dev/null/shenpi' }, { PORT: '0' })
    const { code, stderr } = await runShenpi(['serve'], env)
    assert.equal(code, 1)
    assert.match(stderr, /^shenpi: .*\/dev\/null.*\n$/)
  })
})

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

test('three sandboxes start on one PostgreSQL at once', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using place = await POSTGRES.place()
  const start = async () => {
    await using own = await SQLITE.place()
    await using server = await spawnServer({ ...place, dataDir: own.dataDir }, { SANDBOX_APPROVE: 'all' })
    const { access_token: token } = (await (await fetch(tokenUrl(server.url))).json()) as { access_token: string }
    const answer = await fetch(`${server.url}/shakearound/account/auditstatus?access_token=${token}`)
    return ((await answer.json()) as { data?: { audit_status: number } }).data?.audit_status
  }
  assert.deepEqual(await Promise.all([start(), start(), start()]), [2, 2, 2])
})

describe('a server that cannot start', () => {
  test("refuses production on a sandbox's database until the public secret is replaced", async () => {
    await using place = await SQLITE.place()
    const sandbox = await spawnServer(place)
    await sandbox[Symbol.asyncDispose]()
    const env = environmentOf(place, { PORT: '0', MODE: 'production' })
    const { code, stderr } = await runShenpi(['serve'], env)
    assert.equal(code, 1)
    assert.match(stderr, /^shenpi: the database holds the sandbox's account wx5a6e70692d73616e, [^\n]*\n$/)
    const db = await openDatabase({ sqlitePath: inDataDir(place.dataDir).database })
    await db
      .updateTable('account')
      .set({ secret_hash: hashSecret('another') })
      .execute()
    await db.destroy()
    await using _production = await spawnServer(place, { MODE: 'production' })
  })

  test('lists everything that is wrong with its environment', async () => {
    await using place = await SQLITE.place()
    const { code, stderr } = await runShenpi(['serve'], environmentOf(place, { PORT: 'http', MODE: 'prod' }))
    assert.equal(code, 1)
    assert.match(stderr, /^shenpi: The environment is not valid:\n {2}MODE: .*\n {2}PORT: .*\n$/)
  })

  test('says that its port is taken, and leaves the data directory free', async () => {
    await using place = await SQLITE.place()
    await using other = await SQLITE.place()
    await using first = await spawnServer(other)
    const PORT = new URL(first.url).port
    const { code, stderr } = await runShenpi(['serve'], environmentOf(place, { PORT }))
    assert.equal(code, 1)
    assert.match(stderr, /^shenpi: .*EADDRINUSE.*\n$/)
    await using _second = await spawnServer(place)
  })

  test('says that its database belongs to a newer server', async () => {
    await using place = await SQLITE.emptyPlace()
    const db = await openDatabase({ sqlitePath: inDataDir(place.dataDir).database })
    await sql`create table schema_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
      db,
    )
    await sql`insert into schema_migration values ('9999-newer', '2099')`.execute(db)
    await db.destroy()
    const { code, stderr } = await runShenpi(['serve'], environmentOf(place, { PORT: '0' }))
    assert.equal(code, 1)
    assert.match(stderr, /^shenpi: the database was migrated by a newer server than this one: [^\n]*\n$/)
  })
})

test('a start on an old Node is refused in one sentence that says what to do', async (t) => {
  const old = '/usr/bin/node'
  const version = spawnSync(old, ['--version'], { encoding: 'utf8' }).stdout ?? ''
  const major = Number(/^v(\d+)/.exec(version)?.[1] ?? Number.NaN)
  if (!(major < 24)) return t.skip(`this machine has no Node before 24 at ${old}`)
  await using place = await SQLITE.place()
  const { code, stdout, stderr } = await runShenpi(['serve'], environmentOf(place), old)
  assert.equal(code, 1)
  assert.equal(stdout, '')
  assert.match(stderr, new RegExp(`^shenpi needs Node 24 or newer and this is ${version.trim()}: [^\\n]+\\n$`))
})
