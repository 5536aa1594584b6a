import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { DATABASES } from '../../test/databases.ts'
import { insertAccounts } from '../../test/insert-accounts.ts'
import { refuseAccount } from '../../test/refuse-account.ts'
import { testClock } from '../../test/test-clock.ts'
import { Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import { FailureLog } from '../log/failure-log.ts'
import { DAY_MS } from '../time/china-time.ts'
import { toDecided } from './explanation.ts'
import { RequestRecorder } from './request-recorder.ts'

function aRecorder(db: Database) {
  const clock = testClock()
  const lines: string[] = []
  const failures = new FailureLog(pino({}, { write: (line) => lines.push(line) }))
  const recorder = new RequestRecorder({ db, clock, failures, caches: new Caches() })
  const keep = (accountId: number, rid: string) => {
    const texts = { url: '/?access_token=1_a', requestBody: 'x'.repeat(3000), responseBody: '{}', clientIp: '' }
    const explained = { path: '/', ...toDecided(undefined, {}), injectedBy: null, outcomeBy: null, aheadMs: 0 }
    recorder.keep(
      { accountId, rid, at: clock.now(), costMs: 0, ...texts, ...explained },
      { wentWell: false, isStranger: false },
    )
  }
  const rows = async () =>
    await db.selectFrom('request_record').select(['account_id', 'rid', 'url', 'request_body']).orderBy('rid').execute()
  const rids = async () => (await rows()).map(({ rid }) => rid)
  return { recorder, clock, keep, rows, rids, lines }
}

for (const kind of DATABASES) {
  describe(`kept requests on ${kind.name}`, () => {
    test('wait on while an account’s rows cannot be written, and the others’ are written', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, [1, 2])
      const { recorder, keep, rows, rids, lines } = aRecorder(db)
      const end = await refuseAccount(db, kind, 'request_record', 1)
      keep(1, 'a')
      keep(2, 'b')
      await recorder.flush()
      assert.deepEqual(await rids(), ['b'])
      assert.ok(lines.some((line) => line.includes('requests could not be kept and are tried again')))
      keep(1, 'c')
      keep(2, 'd')
      await recorder.writeAll()
      assert.deepEqual(await rids(), ['b', 'd'])
      await assert.rejects(recorder.flushAccount(1), /the_shard_of_request_record_is_down/)
      await end()
      await recorder.flush()
      assert.deepEqual(await rids(), ['a', 'b', 'c', 'd'])
      const [first] = await rows()
      assert.deepEqual([first?.url, first?.request_body], ['/?access_token=***', `${'x'.repeat(2048)}…`])
    })

    test('are there once when the answer to their insert was lost', async () => {
      await using opened = await kind.open()
      await insertAccounts(opened.db, [1])
      const { recorder, keep, rids } = aRecorder(opened.db)
      for (const rid of ['a', 'a', 'b']) keep(1, rid)
      await recorder.flush()
      keep(1, 'a')
      await recorder.flush()
      assert.deepEqual(await rids(), ['a', 'b'])
    })

    test('let the old ones be looked for once a hundred new ones have come', async () => {
      await using opened = await kind.open()
      await insertAccounts(opened.db, [1])
      const { recorder, clock, keep, rids } = aRecorder(opened.db)
      keep(1, 'old')
      await recorder.flush()
      clock.advance(8 * DAY_MS)
      for (let index = 0; index < 98; index += 1) keep(1, `new ${index}`)
      await recorder.flush()
      assert.ok((await rids()).includes('old'))
      keep(1, 'new 98')
      await recorder.flush()
      assert.ok(!(await rids()).includes('old'))
    })
  })
}
