import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { sql } from 'kysely'
import { createAccount } from '../src/accounts/create-account.ts'
import { type Database, openDatabase } from '../src/db/open.ts'
import { CHANGE_WAIT_MS, CHANGES_WAITING_MAX, transaction, withChangePermit } from '../src/db/transaction.ts'
import { addGroup } from '../src/groups/add-group.ts'
import { changeAccount } from '../src/journal/change-account.ts'
import { lockJournal } from '../src/journal/journal.store.ts'
import { verifyTrail } from '../src/journal/verify-trail.ts'
import { Problem } from '../src/problem.ts'
import { DATABASES } from './databases.ts'
import { aBatch, aRegistration } from './factories.ts'
import { problem } from './problem.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { testClock } from './test-clock.ts'
import { until } from './until.ts'

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

const OPEN = { env: { SANDBOX_APPROVE: 'all' } }

const waitingForLocks = async (db: Database) => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows[0]?.count
}

/** A server of the same database that hangs in the middle of a transaction of an account. */
async function hangingServer({ place, sandbox }: TestServer) {
  const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: '' })
  const held = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const holding = transaction(db, async (trx) => {
    await lockJournal(trx, sandbox.accountId)
    await sql`select 1 from device_group where account_id = ${sandbox.accountId} for update`.execute(trx)
    held.resolve()
    await goOn.promise
  })
  await held.promise
  return {
    db,
    async goOn() {
      goOn.resolve()
      await holding
    },
    async [Symbol.asyncDispose]() {
      await this.goOn()
      await db.destroy()
    },
  }
}

test('only changeAccount and lockAccount lock a journal', () => {
  const src = join(import.meta.dirname, '../src')
  const files = globSync('**/*.ts', { cwd: src }).filter((file) => !file.endsWith('.test.ts'))
  const locking = files.filter((file) => readFileSync(join(src, file), 'utf8').includes('lockJournal('))
  assert.deepEqual(locking.toSorted(), [
    'journal/account-change.ts',
    'journal/change-account.ts',
    'journal/journal.store.ts',
  ])
})

describe('an account that another server has locked on postgres', { skip: !POSTGRES && 'no PostgreSQL' }, () => {
  assert.ok(POSTGRES)

  test('holds two connections at most, while other accounts write', async () => {
    await using server = await startTestServer(POSTGRES, OPEN)
    const { services, sandbox } = server
    const other = await server.newAccount()
    const { groupId } = await addGroup(services, sandbox.accountId, 'North')
    await using hanging = await hangingServer(server)
    const asked = Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0
        ? sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 1 }))
        : sandbox.post('/shakearound/device/group/update', { group_id: groupId, group_name: `North ${index}` }),
    )
    await until(async () => (await waitingForLocks(hanging.db)) === 2)
    const groups = await Promise.all(Array.from({ length: 30 }, () => addGroup(services, other.accountId, 'South')))
    assert.equal(groups.length, 30)
    assert.equal((await other.post('/shakearound/account/register', aRegistration())).json.errcode, 0)
    assert.equal(await waitingForLocks(hanging.db), 2)
    await hanging.goOn()
    for (const { json } of await Promise.all(asked)) assert.equal(json.errcode, 0)
    assert.deepEqual((await verifyTrail(services.db)).faults, [])
  })

  test('delays no other account’s shakes, however many of its own wait to be written', async () => {
    await using server = await startTestServer(POSTGRES, OPEN)
    const { db, shakes } = server.services
    const other = await server.newAccount()
    const countedOf = async (accountId: number) => {
      const counts = await db.selectFrom('shake_count').select('shake_pv').where('account_id', '=', accountId).execute()
      return counts.length
    }
    const count = (accountId: number, pages: number) => {
      for (let pageId = 1; pageId <= pages; pageId += 1) {
        shakes.tally.count('shake', { accountId, deviceId: 1, pageId, visitor: pageId, at: new Date(0) })
      }
    }
    await using hanging = await hangingServer(server)
    count(server.sandbox.accountId, 3000)
    const flushed = shakes.tally.flush()
    await until(async () => (await waitingForLocks(hanging.db)) === 1)
    count(other.accountId, 1)
    await until(async () => (await countedOf(other.accountId)) === 2)
    assert.equal(await countedOf(server.sandbox.accountId), 0)
    await hanging.goOn()
    await flushed
    assert.equal(await countedOf(server.sandbox.accountId), 3001)
  })
})

for (const kind of DATABASES) {
  test(`an account with too many waiting changes is refused one more on ${kind.name}, and other accounts are not`, async () => {
    await using opened = await kind.open()
    const { db } = opened
    const goOn = Promise.withResolvers<void>()
    let done = 0
    const change = async () => {
      await goOn.promise
      done += 1
    }
    // As many are under way as the database takes of one account; behind them as many wait as may.
    const asked = Array.from({ length: 2 * CHANGES_WAITING_MAX }, () => withChangePermit(db, 1, change))
    const outcomes = Promise.allSettled(asked)
    await withChangePermit(db, 2, async () => assert.equal(done, 0))
    goOn.resolve()
    const refused = (await outcomes).filter((outcome) => outcome.status === 'rejected')
    for (const { reason } of refused) {
      assert.ok(problem('account.busy')(reason))
      assert.equal(reason.message, problemRow('account.busy').message, 'no number of ours')
    }
    assert.equal(done, asked.length - refused.length)
    assert.ok(done > CHANGES_WAITING_MAX && done < CHANGES_WAITING_MAX + 100, `${done}`)
    assert.match(problemRow('account.busy').message, new RegExp(`${CHANGES_WAITING_MAX} changes`))
  })

  test(`the refusal of a change that gets no permit in time on ${kind.name} tells how long it waited`, async (t) => {
    await using opened = await kind.open()
    const { db } = opened
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const goOn = Promise.withResolvers<void>()
    const asked = Promise.allSettled(Array.from({ length: 200 }, () => withChangePermit(db, 1, () => goOn.promise)))
    t.mock.timers.tick(CHANGE_WAIT_MS)
    goOn.resolve()
    const refused = (await asked).filter((outcome) => outcome.status === 'rejected')
    assert.ok(refused.length > 50)
    for (const { reason } of refused) {
      assert.ok(problem('account.busy')(reason))
      assert.equal(reason.wireText, 'system busy: a change waited 10 s for its turn; try again')
    }
  })

  test(`a refused change on ${kind.name} leaves nothing behind and frees its permit`, async () => {
    await using opened = await kind.open()
    const { db } = opened
    const { accountId } = (
      await createAccount({ db, clock: testClock(), deviceCeiling: 0 }, { name: 'Acme', actor: 'test' })
    ).account
    const entry = { at: new Date(0), actor: 'test', action: 'test.change', detail: {} }
    const refused = Array.from({ length: 100 }, () =>
      changeAccount(db, accountId, async (account) => {
        account.append(entry)
        throw new Problem('page.invalid')
      }),
    )
    await Promise.all(refused.map((change) => assert.rejects(change, problem('page.invalid'))))
    const numbers = Array.from({ length: 100 }, () =>
      changeAccount(db, accountId, async (account) => account.number('page')),
    )
    assert.deepEqual(
      (await Promise.all(numbers)).toSorted((a, b) => a - b),
      Array.from({ length: 100 }, (_, index) => index + 1),
    )
    const { faults, entries } = await verifyTrail(db)
    assert.deepEqual({ faults, entries }, { faults: [], entries: 1 })
  })
}
