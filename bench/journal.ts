/**
 * Whether the journal of requests stays as small as it is said to be: it keeps a million requests of ten accounts, and every tenth
 * of a caller who is not known, and fails when memory or the database goes on growing.
 *
 *   npm run bench:journal -- [COUNT]    default: 1000000; a quick look: 100000
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { Caches } from '../server/src/caches.ts'
import { migrate } from '../server/src/db/migrate.ts'
import { openDatabase } from '../server/src/db/open.ts'
import { systemEntropy } from '../server/src/entropy/entropy.ts'
import { FailureLog } from '../server/src/log/failure-log.ts'
import { toStored } from '../server/src/requests/request-record.ts'
import { NEW_ONES, RECORDS_MAX, RequestRecorder } from '../server/src/requests/request-recorder.ts'
import { newRid } from '../server/src/requests/rid.ts'
import { UnclaimedRecords } from '../server/src/requests/unclaimed-records.ts'
import { insertAccounts } from '../server/test/insert-accounts.ts'
import { testClock } from '../server/test/test-clock.ts'

const ACCOUNTS = Array.from({ length: 10 }, (_, index) => index + 1)
/** Requests between two writes: as many as can wait. */
const AT_ONCE = 1000
/** How much memory may have grown since the first tenth. Unit: megabytes. */
const GROWTH_MAX_MB = 16
/** Each tenth is longer than what is kept of it. */
const BODIES = [...Array<string>(9).fill('{"audit_req":{}}'), 'x'.repeat(8192)]

const count = Number(process.argv[2] ?? 1_000_000)
const folder = await mkdtemp(join(tmpdir(), 'shenpi-journal-'))
const db = await openDatabase({ sqlitePath: join(folder, 'shenpi.db') })
try {
  await migrate(db)
  await insertAccounts(db, ACCOUNTS)
  const clock = testClock()
  const caches = new Caches()
  const recorder = new RequestRecorder({ db, clock, caches, failures: new FailureLog(pino({ level: 'silent' })) })
  const unclaimed = new UnclaimedRecords(caches)
  const began = clock.now()
  let settled = 0
  for (let done = 0; done < count; done += AT_ONCE) {
    for (let index = 0; index < AT_ONCE; index += 1) keep(done + index)
    await recorder.writeAll()
    await recorder.flush()
    clock.advance(1000)
    if (done < count / 10 && done + AT_ONCE >= count / 10) settled = memoryMb()
  }
  const grown = memoryMb() - settled
  const { rows } = await db
    .selectFrom('request_record')
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow()
  const most = ACCOUNTS.length * (RECORDS_MAX + NEW_ONES)
  const seconds = (clock.now().getTime() - began.getTime()) / 1000
  console.log(`${count} requests within ${seconds} s of the test's time: ${rows} rows are kept, at most ${most};`)
  console.log(
    `${unclaimed.list().length} of callers who are not known; memory grew by ${grown.toFixed(1)} MB since a tenth`,
  )
  if (rows > most || grown > GROWTH_MAX_MB) process.exitCode = 1

  function keep(index: number): void {
    const accountId = ACCOUNTS[index % ACCOUNTS.length] ?? 1
    const at = clock.now()
    const record = {
      rid: newRid(at, systemEntropy.draw(accountId, 'rid', 8)),
      at,
      costMs: 1,
      url: '/shop/audit/audit_category?access_token=1_secret',
      requestBody: BODIES[index % BODIES.length] ?? '',
      responseBody: '{"errcode":990007,"errmsg":"parameter missing"}',
      clientIp: '127.0.0.1',
      path: '/shop/audit/audit_category',
      problem: 'shop.parameter_missing',
      endedAt: 'contract' as const,
      findings: '[]',
      injectedBy: null,
      outcomeBy: null,
      aheadMs: 0,
    }
    recorder.keep({ accountId, ...record }, { wentWell: false, isStranger: false })
    if (index % 10 === 0) unclaimed.add(toStored(record))
  }
} finally {
  await db.destroy()
  await rm(folder, { recursive: true, force: true })
}

function memoryMb(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}
