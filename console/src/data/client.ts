import { ApiProblem, createApiClient } from '@shenpi/sdk/client'
import { QueryClient } from '@tanstack/react-query'

/** The native API, as whoever this browser is signed in. */
export const client = createApiClient({ url: location.origin })

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; only a lost connection is worth another try.
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
      staleTime: 5_000,
    },
  },
})
