import type { ApiAccount, ApiAccountState, ApiCallback, ApiLimits } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import type { AccountFilters } from './account-filters.ts'
import { client, queryClient } from './client.ts'
import { pagesOf } from './pages-of.ts'

export const accountsQuery = (filters: AccountFilters) =>
  pagesOf<ApiAccount>(['accounts', filters], (page, options) =>
    client.listAccounts({ query: { ...filters, ...page } }, options),
  )

export const accountQuery = (appid: string) =>
  queryOptions({
    queryKey: ['account', appid],
    queryFn: ({ signal }) => client.getAccount({ params: { appid } }, { signal }),
  })

/** Keep what the server answered, in place of what is known; the lists are read again when they are shown. */
function keep(account: ApiAccount): void {
  queryClient.setQueryData(accountQuery(account.appid).queryKey, account)
  void queryClient.invalidateQueries({ queryKey: ['accounts'] })
}

export async function setAccountState(appid: string, body: Partial<ApiAccountState>): Promise<void> {
  keep(await client.setAccountState({ params: { appid }, body }))
}

/** Answers the new secret, which the server does not tell again. */
export async function rotateSecret(appid: string): Promise<string> {
  const { secret } = await client.rotateSecret({ params: { appid } })
  await queryClient.invalidateQueries({ queryKey: accountQuery(appid).queryKey })
  return secret
}

export type CallbackInput = Pick<ApiCallback, 'url' | 'mode' | 'format'> & { token: string; encoding_aes_key?: string }

export async function setCallback(appid: string, body: CallbackInput): Promise<void> {
  await client.setCallback({ params: { appid }, body })
  await queryClient.invalidateQueries({ queryKey: accountQuery(appid).queryKey })
}

export async function setLimits(appid: string, body: ApiLimits): Promise<void> {
  await client.setLimits({ params: { appid }, body })
  await queryClient.invalidateQueries({ queryKey: accountQuery(appid).queryKey })
  await queryClient.invalidateQueries({ queryKey: usageQuery(appid).queryKey })
}

/** How often it has called each path today. */
export const usageQuery = (appid: string) =>
  queryOptions({
    queryKey: ['usage', appid],
    queryFn: ({ signal }) => client.getUsage({ params: { appid } }, { signal }),
  })

export const certificatesQuery = (appid: string) =>
  queryOptions({
    queryKey: ['miniapp-certificates', appid],
    queryFn: ({ signal }) => client.getMiniappCertificates({ params: { appid } }, { signal }),
    staleTime: 60_000,
  })
