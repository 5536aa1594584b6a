import type { ApiDevice, ApiDeviceBatch, ApiLedgerEntry } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import type { DeviceFilters } from './account-filters.ts'
import { client, queryClient } from './client.ts'
import { pagesOf } from './pages-of.ts'

export const batchesQuery = (appid: string) =>
  pagesOf<ApiDeviceBatch>(['device-batches', appid], (query, options) =>
    client.listDeviceBatches({ params: { appid }, query }, options),
  )

export const devicesQuery = (appid: string, filters: DeviceFilters) =>
  pagesOf<ApiDevice>(['devices', appid, filters], (page, options) =>
    client.listDevices({ params: { appid }, query: { ...filters, ...page } }, options),
  )

export const quotaQuery = (appid: string) =>
  queryOptions({
    queryKey: ['device-quota', appid],
    queryFn: ({ signal }) => client.getDeviceQuota({ params: { appid }, query: { limit: 1 } }, { signal }),
  })

export const ledgerQuery = (appid: string) =>
  pagesOf<ApiLedgerEntry>(['ledger', appid], async (query, options) => {
    const { ledger } = await client.getDeviceQuota({ params: { appid }, query }, options)
    return ledger
  })

/** Apply for a higher ceiling. Answers the application's id. */
export async function applyForQuota(appid: string, body: { quantity: number; purpose: string }): Promise<string> {
  const { id } = await client.applyForDeviceQuota({ params: { appid }, body })
  await queryClient.invalidateQueries({ queryKey: quotaQuery(appid).queryKey })
  return id
}
