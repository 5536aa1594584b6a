import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { test } from 'node:test'
import { decideApplication } from '../src/applications/decide-application.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { openComponent } from '../src/shop-access/change-shop-access.ts'
import { type CitusCluster, startCitusCluster } from './citus-cluster.ts'
import { createTemplates } from './citus-database.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { callBackTo, startReceiver } from './receiver.ts'
import { startTestServer, type TestServer, type WireClient } from './start-server.ts'
import { executeOn } from './test-database.ts'
import { until } from './until.ts'

const CITUS = DATABASES.find(({ name }) => name === 'citus')
const ACCOUNTS = 8

/** Two servers on one database of Citus, and accounts on both of its workers. */
async function startBoth(kind: DatabaseKind) {
  const place = await kind.place()
  // What the worker had prepared keeps the database from being dropped: it goes with its cluster.
  const remove = () => rm(place.dataDir, { recursive: true, force: true })
  const one = await startTestServer(kind, { place: { ...place, [Symbol.asyncDispose]: remove } })
  const files = await kind.place()
  const two = await startTestServer(kind, { place: { ...files, databaseUrl: one.place.databaseUrl } })
  return {
    servers: [one, two] as const,
    async [Symbol.asyncDispose]() {
      await two.stop()
      await files[Symbol.asyncDispose]()
      await one[Symbol.asyncDispose]()
    },
  }
}

async function accountsOf(server: TestServer, { host }: { host: string }): Promise<number[]> {
  const rows = await executeOn<{ id: string }>(
    server.place.databaseUrl ?? '',
    `select account_id as id from account join citus_shards
       on shardid = get_shard_id_for_distribution_column('account_journal', account_id) where nodename = '${host}'`,
  )
  return rows.map(({ id }) => Number(id))
}

/** Apply for a category and approve it, which promises a callback. @returns whether both were answered */
async function approveOne({ services: { review } }: TestServer, accountId: number, category: number): Promise<boolean> {
  try {
    const application = await submitApplication(review, aCategoryOf(accountId, category))
    await decideApplication(review, application, { move: 'approve', reason: '', actor: 'test' })
    return true
  } catch {
    return false
  }
}

/** What the native API answers who asks for the account's first application. */
async function statusOfNative({ url, apiKey }: TestServer, { accountId }: WireClient): Promise<number> {
  const answer = await fetch(`${url}/api/v1/applications/${accountId}-1`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  const { code } = (await answer.json()) as { code?: string }
  assert.equal(code, answer.ok ? undefined : 'system.unavailable')
  return answer.status
}

/** A coordinator and workers of this test alone, which it may kill. */
async function startOwn(): Promise<CitusCluster> {
  const cluster = await startCitusCluster({ durable: true })
  assert.ok(cluster, 'PostgreSQL went away')
  const templates = await createTemplates(cluster.url)
  Object.assign(process.env, { TEST_CITUS_URL: cluster.url, TEST_CITUS_TEMPLATES: JSON.stringify(templates) })
  return cluster
}

test('a worker of Citus that is killed loses nothing that was answered, and holds up no account of another', {
  skip: !CITUS && 'npm run test:citus runs it',
}, async (t) => {
  assert.ok(CITUS)
  const cluster = await startOwn()
  t.after(cluster.stop)
  await using both = await startBoth(CITUS)
  await using receiver = await startReceiver()
  const [one, two] = both.servers
  const accounts: WireClient[] = []
  for (let count = 0; count < ACCOUNTS; count += 1) {
    const account = await one.newAccount()
    await openComponent(one.services.review, account.accountId, 'test')
    await callBackTo(one, account, receiver)
    accounts.push(account)
  }
  const [worker] = cluster.workers
  assert.ok(worker)
  const lost = new Set(await accountsOf(one, worker))
  const others = accounts.map(({ accountId }) => accountId).filter((accountId) => !lost.has(accountId))
  assert.ok(others.length > 0 && others.length < ACCOUNTS, 'accounts on both workers')
  const answered = new Map<number, number>()
  let category = 0
  /** @returns the accounts that were answered */
  const approveAll = async () => {
    category += 1
    const done = accounts.map(async ({ accountId }, place) => {
      const ok = await approveOne(place % 2 ? one : two, accountId, category)
      if (ok) answered.set(accountId, (answered.get(accountId) ?? 0) + 1)
      return ok ? accountId : 0
    })
    return (await Promise.all(done)).filter(Boolean)
  }
  assert.equal((await approveAll()).length, ACCOUNTS)

  const underWay = approveAll()
  process.kill(worker.pid, 'SIGKILL')
  await underWay
  await until(async () => (await approveAll()).join() === others.join())
  const before = receiver.received.length
  assert.deepEqual(await approveAll(), others)
  await until(() => receiver.received.length >= before + others.length)
  for (const account of accounts) {
    const { json } = await account.get('/shakearound/account/auditstatus')
    assert.equal(json.errcode === -1, lost.has(account.accountId), JSON.stringify(json))
    assert.equal(await statusOfNative(two, account), lost.has(account.accountId) ? 503 : 200)
  }

  await worker.revive()
  await until(async () => (await approveAll()).length === ACCOUNTS, 60_000)
  for (const [accountId, count] of answered) {
    const { stored } = await one.services.db
      .selectFrom('application')
      .select(({ fn }) => fn.countAll<number>().as('stored'))
      .where('account_id', '=', accountId)
      .where('state', '=', 'approved')
      .executeTakeFirstOrThrow()
    assert.ok(stored >= count, `account ${accountId}: ${count} answered, ${stored} stored`)
  }
  const promised = [...answered.values()].reduce((sum, count) => sum + count, 0)
  await until(() => new Set(receiver.received.map(({ body }) => body)).size >= promised, 90_000)
})

/** Every process of a PostgreSQL server. */
const processesOf = ({ pid }: { pid: number }): number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
]

test('a worker of Citus that hangs holds up the accounts of another for some seconds', {
  skip: CITUS ? process.platform !== 'linux' && '/proc tells the processes' : 'npm run test:citus runs it',
}, async (t) => {
  assert.ok(CITUS)
  const cluster = await startOwn()
  t.after(cluster.stop)
  const place = await CITUS.place()
  const [worker] = cluster.workers
  assert.ok(worker)
  const remove = () => rm(place.dataDir, { recursive: true, force: true })
  await using server = await startTestServer(CITUS, { place: { ...place, [Symbol.asyncDispose]: remove } })
  // More of either worker than what is changed at once.
  const accounts: WireClient[] = []
  for (let count = 0; count < 3 * ACCOUNTS; count += 1) accounts.push(await server.newAccount())
  const lost = new Set(await accountsOf(server, worker))
  const others = accounts.filter(({ accountId }) => !lost.has(accountId))
  for (const { accountId } of accounts) await openComponent(server.services.review, accountId, 'test')
  let isOver = false
  let category = 0
  const answers = new Map<number, number>()
  const askOnAndOn = async (account: WireClient) => {
    while (!isOver) {
      category += 1
      const { accountId } = account
      if (await approveOne(server, accountId, category)) answers.set(accountId, (answers.get(accountId) ?? 0) + 1)
    }
  }
  const asking = [...accounts, ...accounts].map(askOnAndOn)
  await until(() => answers.size === accounts.length, 60_000)
  const stopped = processesOf(worker)
  for (const pid of stopped) process.kill(pid, 'SIGSTOP')
  try {
    const before = new Map(answers)
    const since = ({ accountId }: WireClient) => (answers.get(accountId) ?? 0) - (before.get(accountId) ?? 0)
    await until(() => others.every((account) => since(account) >= 3), 60_000)
  } finally {
    isOver = true
    for (const pid of stopped) process.kill(pid, 'SIGCONT')
    await Promise.all(asking)
  }
})
