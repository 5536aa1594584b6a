import { type ApiClient, ApiProblem, createApiClient } from '@shenpi/sdk/client'
import { QueryClient } from '@tanstack/react-query'
import { awaitSignIn, isSessionEnd, isSignInWanted } from './session.ts'

/** The native API, as whoever this browser is signed in; for signing in itself. It speaks the console's language. */
export const bareClient = createApiClient({
  url: location.origin,
  fetch: (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, 'accept-language': document.documentElement.lang } }),
})

/** What is said in leaving still arrives. */
export const partingClient = createApiClient({
  url: location.origin,
  fetch: (url, init) => fetch(url, { ...init, keepalive: true }),
})

/** The same for everything else: a call that meets the end of the session is sent once more after the next sign-in. */
export const client: ApiClient = new Proxy(bareClient, {
  get(target, name, receiver) {
    const call: unknown = Reflect.get(target, name, receiver)
    return typeof call === 'function' ? (...args: unknown[]) => patiently(() => call(...args)) : call
  },
})

async function patiently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    // What was refused for its session was not carried out.
    if (!isSignInWanted(error)) throw error
    const signedIn = await awaitSignIn({ isOptional: !isSessionEnd(error) })
    if (!signedIn) throw error
    return await call()
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; only a lost connection is worth another try.
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
      staleTime: 5_000,
    },
  },
})
