import assert from 'node:assert/strict'
import { type AddressInfo, createServer, connect as open } from 'node:net'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { DATABASES } from '../../test/databases.ts'
import { openDatabase } from './open.ts'
import { prepared } from './prepared.ts'

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

const BEGIN = Buffer.from('begin\0')
/** As long, and nothing that PostgreSQL understands. */
const NONSENSE = Buffer.from('nigeb\0')

const anAccount = (name: string) => ({
  appid: `wx${name}`,
  original_id: 'gh',
  name,
  secret_hash: '',
  scene_groups: '[]',
  created_at: 0,
})

const lockAccounts = prepared((db, { name }: { name: string }) =>
  db.selectFrom('account').select('account_id').where('name', '=', name).forUpdate(),
)

/** A way to the server on which each BEGIN fails, as one does that is cancelled. */
async function withoutBegin(databaseUrl: string | undefined) {
  const { host, port, user, password, database } = new pg.Client({ connectionString: databaseUrl })
  const way = createServer((client) => {
    const server = host.startsWith('/') ? open(`${host}/.s.PGSQL.${port}`) : open(port, host)
    client.on('data', (data) => {
      for (let at = data.indexOf(BEGIN); at >= 0; at = data.indexOf(BEGIN, at)) NONSENSE.copy(data, at)
      server.write(data)
    })
    server.pipe(client)
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  const given = [user, password ?? ''].map((text) => encodeURIComponent(text ?? '')).join(':')
  const db = await openDatabase({
    databaseUrl: `postgresql://${given}@127.0.0.1:${(way.address() as AddressInfo).port}/${database}`,
    sqlitePath: '',
  })
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db.destroy()
      way.close()
    },
  }
}

describe('a BEGIN that fails on postgres', { skip: !POSTGRES && 'no PostgreSQL' }, () => {
  assert.ok(POSTGRES)

  test('lets no statement of its transaction through that writes', async () => {
    await using opened = await POSTGRES.open()
    await using way = await withoutBegin(opened.place.databaseUrl)
    const first = way.db.transaction().execute(async (trx) => {
      await trx.insertInto('account').values(anAccount('First')).execute()
    })
    await assert.rejects(first)
    const behindRead = way.db.transaction().execute(async (trx) => {
      await lockAccounts(trx, { name: 'Nobody' })
      await trx.insertInto('account').values(anAccount('Second')).execute()
    })
    await assert.rejects(behindRead)
    assert.deepEqual(await opened.db.selectFrom('account').select('name').execute(), [])
    // The pool has let go of the connections, and outside of a transaction everything works.
    await way.db.insertInto('account').values(anAccount('Third')).execute()
    assert.deepEqual(await opened.db.selectFrom('account').select('name').execute(), [{ name: 'Third' }])
  })
})

test('a transaction that is left open ends before those who wait for it', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await POSTGRES.open()
  const { rows } = await sql<{ name: string; ms: number }>`select name, setting::int as ms from pg_settings
    where name in ('idle_in_transaction_session_timeout', 'statement_timeout')`.execute(opened.db)
  const { idle_in_transaction_session_timeout: idle = 0, statement_timeout: waiting = 0 } = Object.fromEntries(
    rows.map(({ name, ms }) => [name, ms]),
  )
  assert.ok(idle > 0 && idle < waiting, `${idle} of ${waiting} ms`)
})
