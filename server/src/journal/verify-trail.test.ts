import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { changeAccount } from './change-account.ts'
import { changeInstallation } from './change-installation.ts'
import { GENESIS_HASH, hashEntry } from './trail-entry.ts'
import { verifyTrail } from './verify-trail.ts'

/** An account with so many entries; its first is the account's creation. */
async function accountWith(opened: OpenReview, entries: number): Promise<number> {
  const accountId = await opened.newAccount()
  await append(opened, accountId, entries - 1)
  return accountId
}

async function append({ db, clock }: OpenReview, accountId: number, entries: number): Promise<void> {
  await changeAccount(db, accountId, async (account) => {
    for (let index = 0; index < entries; index += 1) {
      account.append({ at: clock.now(), actor: 'staff:li', action: 'note.write', detail: { note: '备注 "quoted"' } })
    }
  })
}

const entriesOf = ({ db }: OpenReview, accountId: number) =>
  db.selectFrom('audit_entry').selectAll().where('account_id', '=', accountId).orderBy('entry_no').execute()

for (const kind of DATABASES) {
  describe(`the audit trail on ${kind.name}`, () => {
    test('is whole as it was written, with the head of each account', async () => {
      await using opened = await openReview(kind)
      const one = await accountWith(opened, 4)
      const other = await accountWith(opened, 1)
      const report = await verifyTrail(opened.db)
      assert.deepEqual(report.faults, [])
      assert.equal(report.accounts, 2)
      assert.equal(report.entries, 5)
      const last = (await entriesOf(opened, one)).at(-1)
      assert.deepEqual(
        report.heads.map(({ accountId, entryNo }) => [accountId, entryNo]),
        [
          [null, 0],
          [one, 4],
          [other, 1],
        ],
      )
      assert.equal(report.heads[1]?.hash, last?.hash)
    })

    test('is whole when there is no account', async () => {
      await using opened = await openReview(kind)
      const heads = [{ accountId: null, entryNo: 0, hash: GENESIS_HASH }]
      assert.deepEqual(await verifyTrail(opened.db), { accounts: 0, entries: 0, faults: [], heads })
    })

    test('shows the installation’s trail whole, and broken once an entry of it is changed', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      for (const key of ['shop', 'stock', 'till']) {
        await changeInstallation(db, async (installation) => {
          installation.append({ at: clock.now(), actor: 'staff:li', action: 'key.create', detail: { key } })
        })
      }
      const whole = await verifyTrail(db)
      assert.deepEqual([whole.faults, whole.entries, whole.heads[0]?.entryNo], [[], 3, 3])
      await db
        .updateTable('installation_entry')
        .set({ actor: 'staff:nobody' } as never)
        .where('entry_no', '=', 2)
        .execute()
      const { faults } = await verifyTrail(db)
      assert.deepEqual(
        faults.map(({ accountId, entryNo }) => [accountId, entryNo]),
        [[null, 2]],
      )
      await db.deleteFrom('installation_entry').execute()
      assert.equal((await verifyTrail(db)).faults.length, 1)
    })

    test('is read page by page, with its progress', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 2001)
      const progress: number[] = []
      const report = await verifyTrail(opened.db, (entries) => progress.push(entries))
      assert.deepEqual(report.faults, [])
      assert.deepEqual(progress, [1000, 2000, 2001])

      await opened.db
        .updateTable('audit_entry')
        .set('hash' as never, 'x' as never)
        .where('entry_no', '=', 1500)
        .execute()
      const { faults } = await verifyTrail(opened.db)
      assert.deepEqual(
        faults.map(({ accountId, entryNo }) => [accountId, entryNo]),
        [[accountId, 1500]],
      )
    })

    test('shows the other accounts whole when one is broken', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 3)
      const broken = await accountWith(opened, 3)
      await accountWith(opened, 3)
      await opened.db.deleteFrom('audit_entry').where('account_id', '=', broken).where('entry_no', '=', 2).execute()
      const { faults } = await verifyTrail(opened.db)
      assert.deepEqual(faults, [{ accountId: broken, entryNo: 2, fault: 'missing' }])
    })

    test('is whole although an entry is written while it is read', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 2)
      const later = await accountWith(opened, 2)
      let appended: Promise<void> | undefined
      const report = await verifyTrail(opened.db, () => {
        appended ??= append(opened, later, 1)
      })
      await appended
      assert.deepEqual(report.faults, [])
      assert.deepEqual((await verifyTrail(opened.db)).faults, [])
    })
  })

  describe(`a trail that somebody changed on ${kind.name}`, () => {
    const columns = {
      application_no: 7,
      at: 7,
      actor: 'staff:nobody',
      action: 'note.unwrite',
      detail: '{}',
      hash: 'f'.repeat(64),
    }
    for (const [column, value] of Object.entries(columns)) {
      test(`is broken where ${column} was changed`, async () => {
        await using opened = await openReview(kind)
        const accountId = await accountWith(opened, 5)
        const change = { [column]: value } as never
        await opened.db.updateTable('audit_entry').set(change).where('entry_no', '=', 3).execute()
        const { faults } = await verifyTrail(opened.db)
        assert.deepEqual(
          faults.map((each) => [each.accountId, each.entryNo]),
          [[accountId, 3]],
        )
      })
    }

    for (const [what, entryNo] of [
      ['first', 1],
      ['middle', 3],
      ['last', 5],
    ] as const) {
      test(`is broken where the ${what} entry was deleted`, async () => {
        await using opened = await openReview(kind)
        await accountWith(opened, 5)
        await opened.db.deleteFrom('audit_entry').where('entry_no', '=', entryNo).execute()
        assert.equal((await verifyTrail(opened.db)).faults[0]?.entryNo, entryNo)
      })
    }

    test('is broken where its end was cut off', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 5)
      await opened.db.deleteFrom('audit_entry').where('entry_no', '>=', 3).execute()
      const [fault] = (await verifyTrail(opened.db)).faults
      assert.equal(fault?.entryNo, 3)
      assert.equal(fault?.fault, 'cut')
    })

    test('is broken where all of it was deleted', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 5)
      await opened.db.deleteFrom('audit_entry').execute()
      assert.equal((await verifyTrail(opened.db)).faults[0]?.entryNo, 1)
    })

    test('is broken where an entry was inserted and the others renumbered', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 5)
      const { db } = opened
      const rows = await entriesOf(opened, 1)
      const third = rows[2] ?? assert.fail()
      await db.deleteFrom('audit_entry').where('entry_no', '>=', 3).execute()
      const forged = { ...third, actor: 'staff:nobody' }
      forged.hash = hashEntry(rows[1]?.hash ?? '', forged)
      const moved = rows.slice(2).map((row) => ({ ...row, entry_no: row.entry_no + 1 }))
      await db
        .insertInto('audit_entry')
        .values([forged, ...moved])
        .execute()
      await db.updateTable('account_journal').set({ entry_no: 6 }).execute()
      assert.equal((await verifyTrail(db)).faults[0]?.entryNo, 4)
    })

    test('is broken where an entry was appended by hand', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 5)
      const { db } = opened
      const last = (await entriesOf(opened, 1)).at(-1) ?? assert.fail()
      const forged = { ...last, entry_no: 6, actor: 'staff:nobody' }
      await db
        .insertInto('audit_entry')
        .values({ ...forged, hash: hashEntry(last.hash, forged) })
        .execute()
      assert.equal((await verifyTrail(db)).faults[0]?.entryNo, 6)
    })

    test('is broken where two entries were swapped', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 5)
      const { db, clock } = opened
      const renumber = (from: number, to: number) =>
        db
          .updateTable('audit_entry')
          .set({ entry_no: to } as never)
          .where('entry_no', '=', from)
          .execute()
      clock.advance(1000)
      await renumber(2, 99)
      await renumber(3, 2)
      await renumber(99, 3)
      assert.equal((await verifyTrail(db)).faults[0]?.entryNo, 2)
    })

    test('is broken where the journal’s head was changed', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 5)
      await opened.db.updateTable('account_journal').set({ entry_hash: GENESIS_HASH }).execute()
      assert.equal((await verifyTrail(opened.db)).faults.length, 1)
    })

    test('shows another head when all of it was rewritten', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 3)
      const { db } = opened
      const kept = (await verifyTrail(db)).heads[1]
      let hash = GENESIS_HASH
      for (const row of await entriesOf(opened, 1)) {
        const forged = { ...row, actor: 'staff:nobody' }
        hash = hashEntry(hash, forged)
        const change = { actor: forged.actor, hash } as never
        await db.updateTable('audit_entry').set(change).where('entry_no', '=', row.entry_no).execute()
      }
      await db.updateTable('account_journal').set({ entry_hash: hash }).execute()
      const { faults, heads } = await verifyTrail(db)
      assert.deepEqual(faults, [])
      assert.notEqual(heads[1]?.hash, kept?.hash)
    })
  })
}
