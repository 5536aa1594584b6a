import assert from 'node:assert/strict'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Kysely } from 'kysely'
import pino from 'pino'
import { DATABASES } from '../../test/databases.ts'
import { testClock } from '../../test/test-clock.ts'
import { Caches } from '../caches.ts'
import type { Schema } from '../db/schema.ts'
import { FailureLog } from '../log/failure-log.ts'
import { ensureFirstKey } from './first-key.ts'
import { KeyCheck } from './key-check.ts'
import { apiKeyPath, readApiKey } from './key-file.ts'

const checkOf = (db: Kysely<Schema>) => {
  const failures = new FailureLog(pino({ level: 'silent' }))
  return new KeyCheck({ db, clock: testClock(), failures, caches: new Caches() })
}

for (const kind of DATABASES) {
  describe(`the API key on ${kind.name}`, () => {
    test('is made at the first start and kept afterwards', async () => {
      await using opened = await kind.open()
      const { db, place } = opened
      assert.equal(await readApiKey(place.dataDir), undefined)
      await ensureFirstKey(db, testClock(), place.dataDir)
      const key = (await readApiKey(place.dataDir)) ?? assert.fail('there is no key')
      assert.equal(statSync(apiKeyPath(place.dataDir)).mode & 0o777, 0o600)
      await ensureFirstKey(db, testClock(), place.dataDir)
      assert.equal(await readApiKey(place.dataDir), key)
      assert.ok(await checkOf(db).find(key))
      assert.ok(!(await checkOf(db).find(`${key}x`)))
      assert.ok(!(await checkOf(db).find('')))
      assert.equal((await db.selectFrom('api_key').selectAll().execute()).length, 1)
    })

    test('opens the API, be it the key of any server on the database', async () => {
      await using opened = await kind.open()
      await using other = await kind.place()
      const keys = []
      for (const dataDir of [opened.place.dataDir, other.dataDir]) {
        await ensureFirstKey(opened.db, testClock(), dataDir)
        keys.push((await readApiKey(dataDir)) ?? '')
      }
      assert.notEqual(keys[0], keys[1])
      for (const key of keys) assert.ok(await checkOf(opened.db).find(key))
    })

    test('is not kept in mind when it was looked up while it was revoked', async () => {
      await using opened = await kind.open()
      const { db, place } = opened
      await ensureFirstKey(db, testClock(), place.dataDir)
      const key = (await readApiKey(place.dataDir)) ?? ''
      const check = checkOf(db)
      const looked = check.find(key)
      check.empty()
      assert.ok(await looked)
      await db.updateTable('api_key').set({ revoked_at: 1 }).execute()
      assert.equal(await check.find(key), undefined)
    })

    test('is the one that an operator wrote; an empty file counts as none', async () => {
      await using opened = await kind.open()
      const { db, place } = opened
      writeFileSync(apiKeyPath(place.dataDir), 'my-own-key\n')
      await ensureFirstKey(db, testClock(), place.dataDir)
      assert.ok(await checkOf(db).find('my-own-key'))
      writeFileSync(apiKeyPath(place.dataDir), '\n')
      assert.equal(await readApiKey(place.dataDir), undefined)
    })
  })
}

test('an API key that cannot be read stops the start', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using opened = await kind.open()
  const { db, place } = opened
  mkdirSync(apiKeyPath(place.dataDir))
  await assert.rejects(ensureFirstKey(db, testClock(), place.dataDir), { code: 'EISDIR' })
})
