import type { Caches } from '../../caches.ts'
import { type Entropy, SeededEntropy } from '../../entropy/entropy.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import { Problem } from '../../problem.ts'
import { elapsed } from '../../time/elapsed.ts'
import type { Sandbox } from '../sandbox.ts'

export interface ExchangeParts {
  sandbox: Pick<Sandbox, 'clocks' | 'gate'>
  caches: Caches
  entropy: Entropy
  outbound: Pick<Outbound, 'cutOff'>
}

/** How much was drawn of each sequence of chance; empty without a seed. */
export type Drawn = readonly (readonly [sequence: string, count: number])[]

/**
 * Put another state into the database while nothing of the old one is under way: what is, ends first, and what is only counted
 * is dropped. No cache knows the old one afterwards.
 *
 * @param accountId only of this account; default: of all
 * @param exchange does it, and tells where the sequences of chance go on; undefined: at their begin
 * @returns how long nobody else could change anything, in milliseconds
 * @throws Problem `sandbox.busy`, `clock.busy`
 */
export async function exchangeState(
  { sandbox: { clocks, gate }, caches, entropy, outbound }: ExchangeParts,
  accountId: number | undefined,
  exchange: () => Promise<Drawn | undefined>,
): Promise<number> {
  const assertStill = () => {
    if (accountId !== undefined && clocks.underWay.has(accountId)) throw new Problem('clock.busy')
  }
  assertStill()
  return await gate.alone(
    accountId,
    () => outbound.cutOff(accountId),
    async () => {
      // One may have begun meanwhile; from now on none does.
      assertStill()
      const begin = elapsed()
      // What cannot be read any more is about to go.
      await caches.empty(accountId).catch(() => {})
      const drawn = await exchange()
      await caches.empty(accountId)
      if (entropy instanceof SeededEntropy) {
        if (!drawn) entropy.begin(accountId)
        else if (accountId === undefined) entropy.goOnFrom(drawn)
      }
      return elapsed() - begin
    },
  )
}
