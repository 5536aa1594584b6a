import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { testClock } from '../../test/test-clock.ts'
import { Caches } from '../caches.ts'
import { AccountNames } from './account-names.ts'
import { createAccount } from './create-account.ts'

for (const kind of DATABASES) {
  describe(`names of accounts on ${kind.name}`, () => {
    test('are found for accounts that exist, and asked for once', async () => {
      await using opened = await kind.open()
      const { db } = opened
      const names = ['Acme', 'Globex']
      const accounts = []
      for (const name of names) {
        const { account } = await createAccount({ db, clock: testClock(), deviceCeiling: 1 }, { name, actor: 'cli' })
        accounts.push(account)
      }
      const [acme, globex] = accounts
      assert.ok(acme && globex)
      const accountNames = new AccountNames(db, new Caches())
      assert.deepEqual(await accountNames.of(acme.accountId), {
        accountId: acme.accountId,
        appid: acme.appid,
        name: 'Acme',
      })
      assert.deepEqual(await accountNames.of(globex.accountId + 1), {
        accountId: globex.accountId + 1,
        appid: '',
        name: '',
      })
      // What is kept in mind is not asked for again; what was not there before is.
      await sql`update account set appid = 'wx0' where account_id = ${acme.accountId}`.execute(db)
      assert.deepEqual(
        await accountNames.find([acme.accountId, globex.accountId, acme.accountId, globex.accountId + 1]),
        new Map([
          [acme.accountId, { accountId: acme.accountId, appid: acme.appid, name: 'Acme' }],
          [globex.accountId, { accountId: globex.accountId, appid: globex.appid, name: 'Globex' }],
        ]),
      )
    })
  })
}
