import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { executeOn, newDatabaseName, type TestDatabase, toDatabaseUrl } from './test-database.ts'

/** Shards of a table: one on each worker is what two nodes need to disagree. */
const SHARDS = 2

interface Node {
  url: string
  /** As other nodes reach it. */
  host: string
  port: number
}

/** Make nodes of Citus of a database that each of them has, the first one the coordinator. */
export async function joinNodes(nodes: readonly Node[], database: string): Promise<void> {
  const urls = nodes.map(({ url }) => toDatabaseUrl(url, database))
  await Promise.all(urls.map((url) => executeOn(url, 'create extension citus')))
  const [coordinator, ...workers] = nodes
  if (!coordinator) return
  const add = workers.map(({ host, port }) => `select citus_add_node('${host}', ${port})`)
  await executeOn(
    toDatabaseUrl(coordinator.url, database),
    [`select citus_set_coordinator_host('${coordinator.host}', ${coordinator.port})`, ...add].join(';'),
  )
}

/** The nodes of a coordinator, itself the first. */
async function nodesOf(url: string): Promise<Node[]> {
  const rows = await executeOn<{ host: string; port: number }>(
    url,
    'select nodename as host, nodeport as port from pg_dist_node where isactive order by groupid',
  )
  if (rows.length < 3) throw new Error('TEST_CITUS_URL must name a coordinator with two workers')
  return rows.map((node, place) => ({ ...node, url: place === 0 ? url : toNodeUrl(url, node) }))
}

/** The same database of another node: what stands behind the question mark comes first. */
function toNodeUrl(url: string, { host, port }: { host: string; port: number }): string {
  const [base = '', query = ''] = url.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('host', host)
  parameters.set('port', String(port))
  return `${base}?${parameters}`
}

/** Databases that others are copied from: placing tables takes seconds. */
export interface CitusTemplates {
  empty: string
  migrated: string
}

/** Lay the two templates down on the nodes of a coordinator. */
export async function createTemplates(url: string): Promise<CitusTemplates & { drop(): Promise<void> }> {
  const nodes = await nodesOf(url)
  const [empty, migrated] = [newDatabaseName(), newDatabaseName()]
  const drop = async () => {
    for (const name of [empty, migrated]) await dropOn(nodes, name)
  }
  await onEach(nodes, `create database ${empty}`)
  await onEach(nodes, `alter database ${empty} set citus.shard_count = ${SHARDS}`)
  await joinNodes(nodes, empty)
  await seal(nodes, empty)
  await copy(nodes, empty, migrated)
  const db = await openDatabase({ databaseUrl: toDatabaseUrl(url, migrated), sqlitePath: '' })
  await migrate(db)
  await db.destroy()
  await seal(nodes, migrated)
  return { empty, migrated, drop }
}

/** Create a database on the nodes of `TEST_CITUS_URL` that is a copy of a template. */
export async function createCitusDatabase(template: keyof CitusTemplates): Promise<TestDatabase> {
  const { TEST_CITUS_URL: url, TEST_CITUS_TEMPLATES: templates } = process.env
  if (!url || !templates) throw new Error('npm run test:citus sets TEST_CITUS_URL and TEST_CITUS_TEMPLATES')
  const nodes = await nodesOf(url)
  const name = newDatabaseName()
  await copy(nodes, (JSON.parse(templates) as CitusTemplates)[template], name)
  return { url: toDatabaseUrl(url, name), name, drop: () => dropOn(nodes, name) }
}

const onEach = async (nodes: readonly Node[], sql: string): Promise<void> => {
  await Promise.all(nodes.map(({ url }) => executeOn(url, sql)))
}

/** Nodes name each other by host and port, not by database: a copy on each is a whole one. */
async function copy(nodes: readonly Node[], template: string, name: string): Promise<void> {
  await onEach(nodes, `create database ${name} template ${template} strategy file_copy`)
  await onEach(nodes, `alter database ${name} set citus.shard_count = ${SHARDS}`)
}

/** Only what nobody is connected to can be copied, and Citus connects by itself. */
async function seal(nodes: readonly Node[], name: string): Promise<void> {
  await onEach(nodes, `alter database ${name} allow_connections false`)
  await onEach(nodes, `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${name}'`)
}

async function dropOn(nodes: readonly Node[], name: string): Promise<void> {
  await seal(nodes, name)
  await onEach(nodes, `drop database if exists ${name} with (force)`)
}
