import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import pino from 'pino'
import { inDataDir } from '../src/data-dir/data-dir.ts'
import { engineOf } from '../src/db/engine.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { ensureFirstKey } from '../src/keys/first-key.ts'
import { readApiKey } from '../src/keys/key-file.ts'
import { refuseLostDatabase } from '../src/lost-database.ts'
import { DATABASES, type Place } from './databases.ts'
import { aBatch } from './factories.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { testClock } from './test-clock.ts'
import { createPostgresDatabase } from './test-database.ts'

const [SQLITE, POSTGRES] = DATABASES
assert.ok(SQLITE)
const OPEN = { env: { SANDBOX_APPROVE: 'all' } }

const PAGE_BYTES = 4096
/** Nothing that SQLite writes at the beginning of a page. */
const JUNK = Buffer.alloc(PAGE_BYTES, 0x55)

/** A place that a server has run on, with its own kind of damage in SQLite's file. */
async function damaged(damage: (file: string) => void): Promise<Place> {
  const server = await startTestServer(SQLITE as (typeof DATABASES)[number], OPEN)
  await server.stop()
  damage(inDataDir(server.place.dataDir).database)
  return server.place
}

function overwrite(file: string, page: number): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, JUNK, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES)
  closeSync(handle)
}

function rootOf(file: string, table: string): number {
  const db = new DatabaseSync(file)
  const { rootpage } = db.prepare('select rootpage from sqlite_schema where name = ?').get(table) as {
    rootpage: number
  }
  db.close()
  return rootpage
}

/** What is said and done once a call has met the damage. */
async function refusesEverything(server: TestServer, lines: readonly string[]) {
  const ready = async () => (await fetch(`${server.url}/readyz`)).status
  assert.equal(await ready(), 200)
  const addGroup = () => server.sandbox.post('/shakearound/device/group/add', { group_name: 'North' })
  assert.equal((await addGroup()).json.errcode, -1)
  const answer = await fetch(`${server.url}/readyz`)
  assert.deepEqual([answer.status, ((await answer.json()) as { status: string }).status], [503, 'damaged'])
  assert.equal((await fetch(`${server.url}/livez`)).status, 200, 'a restart alone mends nothing')
  const applied = await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 1 }))
  assert.equal(applied.json.errcode, -1)
  assert.equal(lines.filter((line) => line.includes('The database is damaged')).length, 1)
}

describe('a damaged database on sqlite', () => {
  for (const [what, damage] of [
    ['whose header is none', (file: string) => overwrite(file, 1)],
    ['that is cut off', (file: string) => truncateSync(file, 10 * PAGE_BYTES)],
    ['that is another kind of file', (file: string) => writeFileSync(file, 'not a database\n'.repeat(1000))],
  ] as const) {
    test(`${what} stops the start with a sentence`, async () => {
      await using place = await damaged(damage)
      await assert.rejects(startTestServer(SQLITE, { ...OPEN, place }), /^Error: The database is damaged\. .*backup/)
    })
  }

  test('is reported when a call meets the damage, and asked nothing more', async () => {
    const lines: string[] = []
    const log = pino({ level: 'fatal' }, { write: (line) => lines.push(line) })
    const place = await damaged((file) => overwrite(file, rootOf(file, 'device_group')))
    await using server = await startTestServer(SQLITE, { ...OPEN, place, log })
    await refusesEverything(server, lines)
  })
})

describe('a damaged database on postgres', { skip: !POSTGRES && 'no PostgreSQL' }, () => {
  test('is reported when a call meets the damage, and asked nothing more', async () => {
    assert.ok(POSTGRES)
    const lines: string[] = []
    const log = pino({ level: 'fatal' }, { write: (line) => lines.push(line) })
    await using server = await startTestServer(POSTGRES, { ...OPEN, log })
    // As PostgreSQL does when it reads a page whose checksum is wrong.
    await sql`create function damage() returns trigger language plpgsql as
      $$ begin raise exception 'invalid page in block 0' using errcode = 'XX001'; end $$`.execute(server.services.db)
    await sql`create trigger damage before insert on device_group execute function damage()`.execute(server.services.db)
    await refusesEverything(server, lines)
  })
})

test('a production server reports a damaged database with any key or none, and nothing else', async () => {
  await using server = await startTestServer(SQLITE, { env: { MODE: 'production' } })
  const ask = async (path: string, authorization = '') => {
    const answer = await fetch(server.url + path, { headers: { authorization } })
    return [answer.status, ((await answer.json()) as { status?: unknown }).status]
  }
  assert.deepEqual(await ask('/readyz'), [401, 401])
  engineOf(server.services.db).damage.note(Object.assign(new Error('malformed'), { errcode: 11 }))
  for (const key of ['', 'Bearer wrong', `Bearer ${server.apiKey}`]) {
    assert.deepEqual(await ask('/readyz', key), [503, 'damaged'])
    assert.deepEqual(await ask('/metrics', key), key ? [503, 503] : [401, 401])
  }
})

for (const kind of DATABASES) {
  describe(`an empty database on ${kind.name}`, () => {
    /** The place of a server that was stopped, with a database in which there is nothing. */
    async function withoutDatabase(): Promise<Place> {
      const server = await startTestServer(kind)
      await server.stop()
      const { place } = server
      if (!place.databaseUrl) {
        for (const end of ['', '-wal', '-shm']) rmSync(`${inDataDir(place.dataDir).database}${end}`, { force: true })
        writeFileSync(inDataDir(place.dataDir).database, '')
        return place
      }
      const { url, drop } = await createPostgresDatabase()
      return {
        ...place,
        databaseUrl: url,
        async [Symbol.asyncDispose]() {
          await drop()
          await place[Symbol.asyncDispose]()
        },
      }
    }

    test('is refused beside a key that a server drew, and stays empty', async () => {
      await using place = await withoutDatabase()
      const message = /^Error: The database is empty, but .*api-key.* belong.* backup/
      await assert.rejects(startTestServer(kind, { place }), message)
      await assert.rejects(startTestServer(kind, { place }), message)
    })

    test('is refused beside pictures, and accepted beside an operator’s own key alone', async () => {
      await using place = await withoutDatabase()
      const { pictures } = inDataDir(place.dataDir)
      await writeFile(join(place.dataDir, 'api-key'), 'my-own-key\n')
      await mkdir(join(pictures, 'ab'), { recursive: true })
      await assert.rejects(startTestServer(kind, { place }), /The database is empty, but .*pictures belong/)
      rmSync(pictures, { recursive: true })
      const server = await startTestServer(kind, { place })
      await server.stop()
    })

    test('is accepted after a first start that was interrupted anywhere', async () => {
      await using place = await kind.emptyPlace()
      const { dataDir, databaseUrl } = place
      const clock = testClock()
      const starts = async () => {
        const server = await startTestServer(kind, { place: { ...place, [Symbol.asyncDispose]: async () => {} } })
        await server.stop()
      }
      const open = () => openDatabase({ databaseUrl, sqlitePath: inDataDir(dataDir).database })
      // Interrupted before there is a schema, after it, and when the database knows a key that no file holds.
      const empty = await open()
      await refuseLostDatabase({ dataDir, picturesDir: undefined })
      await empty.destroy()
      const migrated = await open()
      await migrate(migrated, { onEmpty: () => refuseLostDatabase({ dataDir, picturesDir: undefined }) })
      await migrated.destroy()
      const known = await open()
      await migrate(known)
      await assert.rejects(ensureFirstKey(known, clock, join(dataDir, 'none')), { code: 'ENOENT' })
      assert.equal((await known.selectFrom('api_key').selectAll().execute()).length, 1)
      await known.destroy()
      assert.equal(await readApiKey(dataDir), undefined)
      await starts()
      assert.ok(await readApiKey(dataDir))
      assert.ok(existsSync(dataDir))
      await starts()
    })
  })
}
