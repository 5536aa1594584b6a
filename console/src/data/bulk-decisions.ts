import type { ApiApplication, ApiBulkDecision } from '@shenpi/sdk/contract/api'
import { client, queryClient } from './client.ts'
import type { Decision } from './decisions.ts'

/** So many applications are decided together at most, as the contract says. */
export const CHOSEN_MAX = 200

const bodyOf = (chosen: readonly ApiApplication[], decision: Decision) => ({
  ...decision,
  applications: chosen.map(({ id, version }) => ({ id, version })),
})

/** What a decision on all of them would do, and which it refuses and why. */
export const previewBulk = (chosen: readonly ApiApplication[], decision: Decision) =>
  client.previewBulkDecision({ body: bodyOf(chosen, decision) })

export async function decideBulk(chosen: readonly ApiApplication[], decision: Decision): Promise<ApiBulkDecision> {
  const decided = await client.createBulkDecision({ body: bodyOf(chosen, decision) })
  await readAgain()
  return decided
}

export async function undoBulk(id: string): Promise<void> {
  await client.undoBulkDecision({ params: { id } })
  await readAgain()
}

const readAgain = () =>
  queryClient.invalidateQueries({
    predicate: ({ queryKey: [noun] }) => ['applications', 'application', 'application-counts'].includes(String(noun)),
  })
