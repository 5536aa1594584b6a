import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

export interface TestDatabase {
  url: string
  /** Drop it, whoever is still connected. */
  drop(): Promise<void>
}

/**
 * Create an empty database with a new name on the server of `TEST_DATABASE_URL`.
 *
 * @throws Error when `TEST_DATABASE_URL` is not set.
 */
export async function createPostgresDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set. npm test sets it wherever it finds PostgreSQL.')
  const name = newDatabaseName()
  await executeOn(server, `create database ${name}`)
  return {
    url: toDatabaseUrl(server, name),
    async drop() {
      await executeOn(server, `drop database if exists ${name} with (force)`)
    },
  }
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
