import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../../test/databases.ts'
import { testClock } from '../../../test/test-clock.ts'
import { Caches } from '../../caches.ts'
import { SeededEntropy } from '../../entropy/entropy.ts'
import { EVERY_ACCOUNT } from './fault.ts'
import { FaultRules } from './fault-rules.ts'

for (const kind of DATABASES) {
  test(`rules of faults are read again after the database did not answer, on ${kind.name}`, async () => {
    await using opened = await kind.open()
    const { db } = opened
    const rules = new FaultRules({ db, clock: testClock(), entropy: new SeededEntropy('any'), caches: new Caches() })
    await sql`alter table sandbox_fault rename to gone`.execute(db)
    await assert.rejects(rules.load(), /sandbox_fault/)
    await sql`alter table gone rename to sandbox_fault`.execute(db)
    assert.deepEqual(await rules.list(EVERY_ACCOUNT), [])
  })
}
