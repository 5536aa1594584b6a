import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CLAIM_FILTERS, DUE_FILTERS } from '@shenpi/sdk/contract/states'
import { DATABASES } from './databases.ts'
import { layOpenApplications, OPEN } from './lay-open-applications.ts'
import { startTestServer } from './start-server.ts'

/** Until the first rows of any filter are there. Unit: milliseconds. */
const FIRST_ROWS_MS = 300

/** The least of three, as the machine does other things as well. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let time = 0; time < 3; time += 1) {
    const start = performance.now()
    await work()
    took.push(performance.now() - start)
  }
  return Math.min(...took)
}

for (const kind of DATABASES) {
  describe(`a queue of ${OPEN} on ${kind.name}`, () => {
    test(`shows the first rows of every filter, and counts, within ${FIRST_ROWS_MS} ms`, async (t) => {
      await using server = await startTestServer(kind)
      const { accountId } = await server.newAccount()
      await layOpenApplications(server, accountId, kind.name)
      const queries = [
        { state: 'under_review' },
        ...CLAIM_FILTERS.map((claim) => ({ claim })),
        ...(['second_opinion', 'scheduled', 'refused'] as const).map((stage) => ({ stage })),
        ...DUE_FILTERS.map((due) => ({ due })),
        { kind: 'store', claim: 'free' },
      ] as const
      for (const query of queries) {
        const ms = await fastest(() => server.api.listApplications({ query }))
        t.diagnostic(`${JSON.stringify(query)} ${ms.toFixed(1)} ms`)
        assert.ok(ms <= FIRST_ROWS_MS, `${JSON.stringify(query)} took ${ms} ms`)
      }
      for (const query of [{}, { kind: 'category_qualification' as const }]) {
        const ms = await fastest(() => server.api.countApplications({ query }))
        t.diagnostic(`counts of ${JSON.stringify(query)} ${ms.toFixed(1)} ms`)
        assert.ok(ms <= FIRST_ROWS_MS, `counts of ${JSON.stringify(query)} took ${ms} ms`)
      }
      const { stage, claim } = await server.api.countApplications()
      assert.deepEqual([stage, claim.others], [{ second_opinion: 100, scheduled: 100, refused: 0 }, 50])
    })
  })
}
