import type { ApiClock, ApiHappening } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** How often a clock is looked at that others may set. Unit: milliseconds. */
const LOOK_EVERY_MS = 5_000

export const clockQuery = (appid: string) =>
  queryOptions({
    queryKey: ['clock', appid],
    queryFn: ({ signal }) => client.getClock({ params: { appid } }, { signal }),
    refetchInterval: LOOK_EVERY_MS,
  })

export async function setClockFrozen(appid: string, frozen: boolean): Promise<void> {
  keep(appid, await client.setClock({ params: { appid }, body: { frozen } }))
}

/** How far an account's time passes; nothing: to what is due next. */
export type Advance = { seconds?: number; working_days?: number }

export interface Advanced {
  from: string
  timeline: readonly ApiHappening[]
  stopped: string | null
}

export async function advanceClock(appid: string, body: Advance): Promise<Advanced> {
  const { clock, ...advanced } = await client.advanceClock({ params: { appid }, body })
  keep(appid, clock)
  // Whatever fell due changed something that the page may show.
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'clock' && queryKey[0] !== 'own' })
  return advanced
}

const keep = (appid: string, clock: ApiClock) => queryClient.setQueryData(clockQuery(appid).queryKey, clock)
