import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { DATABASES } from '../../test/databases.ts'
import { insertAccounts } from '../../test/insert-accounts.ts'
import { testClock } from '../../test/test-clock.ts'
import { Caches } from '../caches.ts'
import { FailureLog } from '../log/failure-log.ts'
import { chinaDay } from '../time/china-time.ts'
import { readUsage } from './usage.store.ts'
import { UsageMeter } from './usage-meter.ts'

const PATH = '/shop/audit/result'
const UNLIMITED = { daily: 0, minute: 0, second: 0 }

for (const kind of DATABASES) {
  describe(`the usage meter on ${kind.name}`, () => {
    async function openMeter() {
      const opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, [1])
      const clock = testClock()
      const meter = new UsageMeter({
        db,
        clock,
        failures: new FailureLog(pino({ level: 'silent' })),
        caches: new Caches(),
      })
      const call = async (times: number, rates = UNLIMITED) => {
        for (let count = 0; count < times; count += 1) await meter.take(1, PATH, rates)
      }
      const told = async () => {
        await meter.writeAll()
        return (await readUsage(db, { accountId: 1, day: chinaDay(clock.now()) })).get(PATH) ?? 0
      }
      return { ...opened, clock, meter, call, told, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
    }

    test('tells of an account that calls often at once', async () => {
      await using opened = await openMeter()
      await opened.call(99)
      assert.equal(await opened.told(), 0)
      await opened.call(1)
      assert.equal(await opened.told(), 100)
    })

    test('tells of one that calls seldom ten seconds after its first call', async () => {
      await using opened = await openMeter()
      await opened.call(1)
      opened.clock.advance(9999)
      await opened.call(1)
      assert.equal(await opened.told(), 0)
      opened.clock.advance(1)
      assert.equal(await opened.told(), 2)
    })

    test('tells of one that is 1,000 calls away from its limit of the day at once', async () => {
      await using opened = await openMeter()
      await opened.call(1, { ...UNLIMITED, daily: 1001 })
      assert.equal(await opened.told(), 0)
      await opened.call(1, { ...UNLIMITED, daily: 1001 })
      assert.equal(await opened.told(), 2)
    })

    test('tells everything when it is flushed', async () => {
      await using opened = await openMeter()
      await opened.call(1)
      await opened.meter.flush()
      assert.equal(await opened.told(), 1)
    })
  })
}
