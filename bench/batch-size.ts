import { api } from '@shenpi/sdk/contract/api'
import { SANDBOX_ACCOUNT } from '../server/src/sandbox/account.ts'
import { LoadClient, toRequest } from './load.ts'
import type { Measure } from './measure.ts'
import { type Shenpi, startShenpi } from './processes.ts'
import { pair } from './statistics.ts'
import { issueToken } from './submissions.ts'

const LARGE = 10_000
const PAGE = 50
const ROUND_MS = 500
/** Decisions are short, so there are many for each round of the longer measures. */
const DECISIONS_PER_ROUND = 25

/** Whether a batch's size shows: in the decision that approves it, and in the last page of its devices. */
export const batchSize: Measure = {
  name: 'batch',
  async run(database, { rounds }) {
    await using place = await database.place()
    // Nothing is approved at once: even a batch of one waits for its decision.
    await using server = await startShenpi(place, { DEVICE_CEILING: '1000000000', QUICK_REVIEW_MAX: '0' })
    const token = await issueToken(server.url, SANDBOX_ACCOUNT)
    for (let warm = 0; warm < DECISIONS_PER_ROUND; warm += 1) {
      await timeDecision(server, token, 1)
      await timeDecision(server, token, LARGE)
    }
    const decisions = await pair(
      rounds * DECISIONS_PER_ROUND,
      () => timeDecision(server, token, LARGE),
      () => timeDecision(server, token, 1),
    )

    const applyId = await applyForBatch(server, token, LARGE)
    await decide(server, applyId)
    using client = await LoadClient.open(server)
    const path = `/shakearound/device/search?access_token=${token}`
    const search = async (page: object) => {
      const request = toRequest(path, { type: 3, apply_id: applyId, count: PAGE, ...page })
      return (await client.run(() => request, ROUND_MS)).perSecond
    }
    const first = await call(server.url + path, { type: 3, apply_id: applyId, count: 1 })
    const lastSeen = first.data.devices[0].device_id + LARGE - PAGE - 1
    await search({ last_seen: 0 })
    const byKey = await pair(
      rounds,
      () => search({ last_seen: lastSeen }),
      () => search({ last_seen: 0 }),
    )
    const byOffset = await pair(
      rounds,
      () => search({ begin: LARGE - PAGE }),
      () => search({ begin: 0 }),
    )
    const detailOf = (pairs: typeof byKey) =>
      `last page ${Math.round(pairs.first)}/s, first ${Math.round(pairs.second)}/s`
    return [
      {
        measure: '10,000 IDs approved, against a batch of 1',
        value: decisions.ratio,
        unit: 'ratio',
        bar: { atMost: 2 },
        detail: `${decisions.first.toFixed(1)} ms, ${decisions.second.toFixed(1)} ms`,
      },
      {
        measure: 'last page of 10,000 by last_seen, against the first',
        value: byKey.ratio,
        unit: 'ratio',
        bar: { atLeast: 0.8 },
        detail: detailOf(byKey),
      },
      {
        measure: 'last page of 10,000 by begin, against the first',
        value: byOffset.ratio,
        unit: 'ratio',
        bar: { atLeast: 0.8 },
        detail: detailOf(byOffset),
      },
    ]
  },
}

/** How long the decision about a new batch takes, in milliseconds. */
async function timeDecision(server: Shenpi, token: string, quantity: number): Promise<number> {
  const applyId = await applyForBatch(server, token, quantity)
  const startedAt = performance.now()
  await decide(server, applyId)
  return performance.now() - startedAt
}

async function applyForBatch({ url }: Shenpi, token: string, quantity: number): Promise<number> {
  const path = `/shakearound/device/applyid?access_token=${token}`
  return (await call(url + path, { quantity, apply_reason: 'bench' })).data.apply_id
}

async function decide(server: Shenpi, applyId: number): Promise<void> {
  const body = { move: 'approve' } as const
  // The sandbox's own account is the first, and an application that nobody has changed is at its first version.
  await server.api.call(api.decideApplication, { params: { id: `1-${applyId}` }, version: 1, body })
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the wire answers
async function call(url: string, body: unknown): Promise<any> {
  return await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()
}
