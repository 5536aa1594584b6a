import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { DATABASES } from '../../test/databases.ts'
import { insertAccounts } from '../../test/insert-accounts.ts'
import { testClock } from '../../test/test-clock.ts'
import { chinaDay } from '../time/china-time.ts'
import { forgetOldCalls } from './forget-old-calls.ts'

/** Numbers of accounts have gaps: those of inserts that failed, those of a range that another server was given. */
const GAP = 1000
const ACCOUNTS = 501

for (const kind of DATABASES) {
  test(`old calls of every account are deleted on ${kind.name}, however far apart the account ids are`, async () => {
    await using opened = await kind.open()
    const { db } = opened
    const clock = testClock()
    const log = pino({ level: 'silent' })
    const ids = Array.from({ length: ACCOUNTS }, (_, index) => (index + 1) * GAP)
    await insertAccounts(db, ids)
    const day = chinaDay(clock.now()) - 32
    const usage = [GAP, 500 * GAP, 501 * GAP].map((account_id) => ({ account_id, day, path: '/', used: 1 }))
    await db.insertInto('api_usage').values(usage).execute()

    const left = async () =>
      (await db.selectFrom('api_usage').select('account_id').execute()).map((row) => row.account_id)
    const next = await forgetOldCalls({ db, clock, log }, 0)
    assert.deepEqual(await left(), [ACCOUNTS * GAP], 'one more than are looked at in one go')
    assert.equal(await forgetOldCalls({ db, clock, log }, next), 0)
    assert.deepEqual(await left(), [])
  })
}
