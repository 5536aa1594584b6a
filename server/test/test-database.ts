import { randomBytes } from 'node:crypto'
import { Client, Pool } from 'pg'

export interface TestDatabase {
  url: string
  name: string
  /** Drop it, whoever is still connected. */
  drop(): Promise<void>
}

/** What a new database is a copy of when it is to be empty. */
const EMPTY = 'template1'

/**
 * Create a database with a new name on the server of `TEST_DATABASE_URL`, as a copy of another one that nobody is connected
 * to. Its files are copied: PostgreSQL's other way writes each page to its log and costs three times as much.
 *
 * @throws Error when `TEST_DATABASE_URL` is not set.
 */
export async function createPostgresDatabase(template = EMPTY): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set. npm test sets it wherever it finds PostgreSQL.')
  const name = newDatabaseName()
  await onServer(server, `create database ${name} template ${template} strategy file_copy`)
  return {
    url: toDatabaseUrl(server, name),
    name,
    async drop() {
      await onServer(server, `drop database if exists ${name} with (force)`)
    },
  }
}

let standing: Pool | undefined

/**
 * Run a statement on a connection that stays for the next one: a new one costs PostgreSQL as much as to create a database.
 * It does not keep this process alive.
 */
async function onServer(url: string, sql: string): Promise<void> {
  standing ??= new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true }).on(
    'error',
    () => {},
  )
  await standing.query(sql)
}

export const newDatabaseName = (): string => `shenpi_test_${randomBytes(8).toString('hex')}`

/**
 * The URL of another database of the same server. Only the path changes: `new URL` would refuse how libpq names a user of a
 * socket, `postgresql://user@/database?host=/folder`.
 *
 * @throws Error when `url` is not a URL.
 */
export function toDatabaseUrl(url: string, database: string): string {
  const parts = /^(\w+:\/\/[^/?#]*)[^?#]*(.*)$/.exec(url)
  if (!parts) throw new Error('A database URL begins with postgresql://')
  return `${parts[1]}/${database}${parts[2]}`
}

/** Run a statement on a connection of its own. */
export async function executeOn<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
