import type { ApiDelivery, ApiReplayed, ApiReplayPreview } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import type { DeliveryFilters } from './account-filters.ts'
import { client, queryClient } from './client.ts'
import { pagesOf } from './pages-of.ts'

export const deliveriesQuery = (filters: DeliveryFilters) =>
  pagesOf<ApiDelivery>(['deliveries', filters], (page, options) =>
    client.listDeliveries({ query: { ...filters, ...page } }, options),
  )

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: ({ signal }) => client.getDelivery({ params: { id } }, { signal }),
    // What is on its way changes by itself.
    refetchInterval: ({ state: { data } }) => data?.state === 'pending' && 5_000,
  })

export async function replayDelivery(id: string): Promise<void> {
  queryClient.setQueryData(deliveryQuery(id).queryKey, await client.replayDelivery({ params: { id } }))
  await readAgain()
}

/** Whose deliveries of which time are sent again. */
export type ReplayRange = DeliveryFilters & { from: string; until: string }

export const previewReplay = (range: ReplayRange): Promise<ApiReplayPreview> => client.previewReplay({ body: range })

/** @param deliveries as many as the preview told */
export async function replayDeliveries(range: ReplayRange, deliveries: number): Promise<ApiReplayed> {
  const replayed = await client.replayDeliveries({ body: { ...range, deliveries } })
  await readAgain()
  return replayed
}

const readAgain = () => queryClient.invalidateQueries({ queryKey: ['deliveries'] })
