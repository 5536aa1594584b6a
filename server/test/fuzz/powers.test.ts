import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DATABASES } from '../databases.ts'
import { POWER_TARGETS } from './api-target.ts'
import { fuzz } from './fuzz.ts'

const SEED = 20_260_314
const REQUESTS = 4000

for (const kind of DATABASES) {
  test(`${REQUESTS} requests to the powers of a sandbox are answered as they may be on ${kind.name}`, async (t) => {
    const { tally, failure } = await fuzz(kind, { requests: REQUESTS, seed: SEED, targets: POWER_TARGETS })
    assert.equal(failure, undefined, failure)
    t.diagnostic(`${tally.valid} of them valid`)
    assert.ok(tally.valid > REQUESTS / 3)
  })
}
