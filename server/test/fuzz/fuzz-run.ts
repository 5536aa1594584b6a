import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { fuzz } from './fuzz.ts'

/** The same requests each time; another seed is for `npm run fuzz`. */
const SEED = 20_260_314
/** Successes of each call, so that none is merely refused. */
const OK_MIN = 2
/**
 * One needs packages that an operator installs (`reading.test.ts` has them), the other is signed by the key of its lottery
 * (`wire/lotteries.test.ts`).
 */
const NEVER_OK = ['GET /applications/{id}/pictures/{field}/{position}/reading', 'POST /lotteries/{lottery_id}/draws']

/** One database a file, so that the test runner uses two cores. */
export function runFuzz(name: DatabaseKind['name'], requests: number): void {
  for (const kind of DATABASES.filter((candidate) => candidate.name === name)) {
    test(`${requests} generated requests are answered as they may be on ${name}, --seed ${SEED}`, async (t) => {
      const { tally, durationMs, failure } = await fuzz(kind, { requests, seed: SEED })
      assert.equal(failure, undefined, failure)
      t.diagnostic(`${tally.valid} of them valid; ${Math.round((tally.answered / durationMs) * 1000)} a second`)
      assert.ok(tally.valid > requests / 3)
      assert.deepEqual(tally.rarelyOk(OK_MIN), NEVER_OK, `${tally}`)
    })
  }
}
