import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { Client } from 'pg'
import { findPostgresBinaries, POSTGRES_MIN_MAJOR } from './postgres-binaries.ts'
import { type PostgresCluster, startPostgresCluster } from './postgres-cluster.ts'

const NO_BINARIES = `This machine has no PostgreSQL ${POSTGRES_MIN_MAJOR} or later.`

test('a cluster answers as a PostgreSQL server', async (t) => {
  const cluster = await startPostgresCluster()
  if (!cluster) return t.skip(NO_BINARIES)
  t.after(cluster.stop)
  assert.match(await ask(cluster, 'select version() as answer'), /^PostgreSQL \d+/)
})

test('only a durable cluster waits for the disk', async (t) => {
  const [quick, durable] = await Promise.all([startPostgresCluster(), startPostgresCluster({ durable: true })])
  if (!quick || !durable) return t.skip(NO_BINARIES)
  t.after(() => Promise.all([quick.stop(), durable.stop()]))
  const settings = `select string_agg(name || ' ' || setting, ', ' order by name) as answer from pg_settings
    where name in ('fsync', 'synchronous_commit', 'full_page_writes')`
  assert.equal(await ask(quick, settings), 'fsync off, full_page_writes off, synchronous_commit off')
  assert.equal(await ask(durable, settings), 'fsync on, full_page_writes on, synchronous_commit on')
})

test('two clusters at once are independent', async (t) => {
  const [one, other] = await Promise.all([startPostgresCluster(), startPostgresCluster()])
  if (!one || !other) return t.skip(NO_BINARIES)
  t.after(() => Promise.all([one.stop(), other.stop()]))
  await ask(one, 'create database mine')
  const databases = `select string_agg(datname, ' ' order by datname) as answer from pg_database where not datistemplate`
  assert.equal(await ask(one, databases), 'mine postgres')
  assert.equal(await ask(other, databases), 'postgres')
})

test('stop() ends the server under open sessions and removes its folder', async (t) => {
  const cluster = await startPostgresCluster()
  if (!cluster) return t.skip(NO_BINARIES)
  t.after(cluster.stop)
  const session = await openSession(cluster)
  assert.ok(existsSync(folderOf(cluster)))
  await cluster.stop()
  await session.ended
  assert.ok(!isRunning(cluster.pid))
  assert.ok(!existsSync(folderOf(cluster)))
  await cluster.stop() // a second time is nothing to do
})

test('a cluster ends when its starter is killed, and leaves nothing behind', async (t) => {
  if (!findPostgresBinaries()) return t.skip(NO_BINARIES)
  const starter = startStarter(t, 'setInterval(() => {}, 1000)')
  const cluster = await starter.cluster
  const session = await openSession(cluster)
  starter.process.kill('SIGKILL')
  await session.ended
  await until(() => !isRunning(cluster.pid) && !existsSync(folderOf(cluster)))
})

test('a cluster does not keep its starter alive', async (t) => {
  if (!findPostgresBinaries()) return t.skip(NO_BINARIES)
  const starter = startStarter(t, '')
  const exited = once(starter.process, 'exit')
  const cluster = await starter.cluster
  assert.deepEqual(await exited, [0, null])
  await until(() => !isRunning(cluster.pid) && !existsSync(folderOf(cluster)))
})

test('a PG_BIN without PostgreSQL is refused, not ignored', () => {
  assert.throws(() => findPostgresBinaries({ PG_BIN: '/nowhere' }), /PG_BIN is \/nowhere/)
})

/** Another process that starts a cluster and then does `what`. */
function startStarter(t: TestContext, what: string) {
  const source = `
    import { startPostgresCluster } from ${JSON.stringify(import.meta.resolve('./postgres-cluster.ts'))}
    console.log(JSON.stringify(await startPostgresCluster()))
    ${what}`
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => starter.kill('SIGKILL'))
  const line = once(createInterface({ input: starter.stdout }), 'line')
  return { process: starter, cluster: line.then(([json]) => JSON.parse(json) as Omit<PostgresCluster, 'stop'>) }
}

async function ask({ url }: { url: string }, sql: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

/** Connect. `ended` waits for the server to hang up. */
async function openSession({ url }: { url: string }): Promise<{ ended: Promise<unknown> }> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {}) // the server's last words
  await client.connect()
  return { ended: new Promise((resolve) => client.once('end', () => resolve(undefined))) }
}

function folderOf({ url }: { url: string }): string {
  return new URL(url).searchParams.get('host') ?? assert.fail('the URL names no folder')
}

/** A zombie counts as ended: in a container without an init process nobody collects it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function until(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    assert.ok(Date.now() < deadline, `not within ${timeoutMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
