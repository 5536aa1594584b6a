import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { Place } from '../server/test/databases.ts'
import { type PostgresCluster, startPostgresCluster } from '../server/test/postgres-cluster.ts'
import { toDatabaseUrl } from '../server/test/test-database.ts'

/** How long an inserted row waits for a server's lock, in milliseconds. */
const LOCK_TIMEOUT_MS = 5000

/** A kind of database to measure on, durable as in production. */
export interface BenchDatabase {
  name: 'sqlite' | 'postgres'
  title: string
  /** An empty one, with a data directory of its own; both go away with it. */
  place(): Promise<Place>
  /** PostgreSQL's server, which belongs to this run alone. */
  cluster?: PostgresCluster
}

export const DATABASE_NAMES = ['sqlite', 'postgres'] as const

/**
 * The databases that this machine can offer. PostgreSQL is a throw-away server that waits for the disk; without its
 * binaries a line says that it is left out.
 */
export async function openDatabases(
  names: readonly string[],
  say: (line: string) => void,
  { sharedBuffersMb }: { sharedBuffersMb?: number } = {},
): Promise<{ databases: BenchDatabase[]; close: () => Promise<void> }> {
  const databases: BenchDatabase[] = []
  if (names.includes('sqlite')) databases.push({ name: 'sqlite', title: 'SQLite', place: () => newPlace(undefined) })
  const cluster = names.includes('postgres')
    ? await startPostgresCluster({ durable: true, sharedBuffersMb })
    : undefined
  if (cluster) databases.push(onCluster(cluster))
  else if (names.includes('postgres'))
    say('PostgreSQL is left out: this machine has no binaries of 15 or newer (PG_BIN).')
  return { databases, close: async () => cluster?.stop() }
}

function onCluster(cluster: PostgresCluster): BenchDatabase {
  let count = 0
  const admin = (sql: string) => runOnPostgres(cluster.url, sql)
  return {
    name: 'postgres',
    title: 'PostgreSQL',
    cluster,
    async place() {
      count += 1
      const database = `bench_${count}`
      await admin(`create database ${database}`)
      const drop = () => admin(`drop database if exists ${database} with (force)`)
      return newPlace(toDatabaseUrl(cluster.url, database), drop)
    },
  }
}

/** A data directory of its own, and the database that it belongs to. */
export async function newPlace(databaseUrl: string | undefined, drop = async () => {}): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenpi-bench-'))
  return {
    dataDir,
    databaseUrl,
    async [Symbol.asyncDispose]() {
      await drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Insert rows by SQL that both databases read. A server may run on the database meanwhile. */
export async function lay({ databaseUrl, dataDir }: Omit<Place, keyof AsyncDisposable>, sql: string): Promise<void> {
  if (databaseUrl) return await runOnPostgres(databaseUrl, sql)
  const db = new DatabaseSync(join(dataDir, 'shenpi.db'), { timeout: LOCK_TIMEOUT_MS })
  db.exec(sql)
  db.close()
}

async function runOnPostgres(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  // Foreign keys hold by how the rows are made; a million checks of them take minutes.
  await client.query('set session_replication_role = replica')
  await client.query(sql).finally(() => client.end())
}
