import type { ApiOwnAccount, ApiSignInStep } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import { bareClient, queryClient } from './client.ts'
import { ownAccountQuery } from './own-account.ts'
import { setPreferences } from './preferences.ts'
import { isSignInAwaited, signedInAgain } from './session.ts'

/** The ways in which staff can sign in here. */
export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => bareClient.getSignInWays({}, { signal }),
  staleTime: 60_000,
})

/** Go on as whoever signed in. Answers the challenge where a second step is to follow. */
export function takeStep({ account, challenge }: ApiSignInStep): string | undefined {
  if (account) welcome(account)
  return challenge ?? undefined
}

/** Somebody has signed in in another tab. */
export async function signedInElsewhere(): Promise<void> {
  const account = await bareClient.getOwnAccount().catch(() => undefined)
  if (account) welcome(account)
}

function welcome(account: ApiOwnAccount): void {
  const before = queryClient.getQueryData(ownAccountQuery.queryKey)
  if (account.language && !before) setPreferences({ language: account.language })
  if (before && before.name !== account.name) {
    // Somebody else: nothing of the one before them stays.
    queryClient.clear()
    location.reload()
    return
  }
  queryClient.setQueryData(ownAccountQuery.queryKey, account)
  if (isSignInAwaited()) signedInAgain()
}

/** Ask the browser for a passkey, and sign in by it. */
export async function signInWithPasskey(): Promise<string | undefined> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { challenge, options } = await bareClient.beginPasskeySignIn()
  const credential = await startAuthentication({
    optionsJSON: options as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  })
  return takeStep(await bareClient.signInWithPasskey({ body: { challenge, credential } }))
}
