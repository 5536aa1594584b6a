import type { ApiOwnAccount } from '@shenpi/sdk/contract/api'
import type { Permission } from '@shenpi/sdk/contract/permissions'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { bareClient, client, queryClient } from './client.ts'
import { awaitSignIn } from './session.ts'

/** Who is signed in here, and what they may do; null where nobody is. */
export const ownAccountQuery = queryOptions({
  queryKey: ['own'],
  queryFn: readOwnAccount,
  staleTime: Number.POSITIVE_INFINITY,
})

async function readOwnAccount({ signal }: { signal?: AbortSignal } = {}): Promise<ApiOwnAccount | null> {
  const { account } = await bareClient.getSession({}, { signal })
  const isEnded = account === null && queryClient.getQueryData<ApiOwnAccount>(['own'])
  if (!isEnded) return account
  await awaitSignIn()
  return await readOwnAccount()
}

/** Whether whoever is signed in may do something. The server asks again: this only hides what it would refuse. */
export function useMay(permission: Permission): boolean {
  const { data } = useQuery(ownAccountQuery)
  return data?.permissions.includes(permission) ?? false
}

export async function signOut(): Promise<void> {
  await client.signOut()
  // Nothing of what they saw stays for the next one.
  queryClient.clear()
  location.assign('/console/')
}

export const sessionsQuery = queryOptions({
  queryKey: ['own', 'sessions'],
  queryFn: ({ signal }) => client.listOwnSessions({}, { signal }),
})

export const passkeysQuery = queryOptions({
  queryKey: ['own', 'passkeys'],
  queryFn: ({ signal }) => client.listOwnPasskeys({}, { signal }),
})

export const refreshOwn = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['own'] })
