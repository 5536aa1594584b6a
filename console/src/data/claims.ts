import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { applicationQuery } from './applications.ts'
import { client, partingClient, queryClient } from './client.ts'
import { useIsUsed } from './use-is-used.ts'

/** How often a claim, which holds for two minutes, is prolonged while the page is in sight. Unit: milliseconds. */
const PROLONG_MS = 50_000

export interface ClaimState {
  /** Who else has it; undefined where nobody has. */
  by?: string
  takeOver: () => Promise<void>
}

/** Claim an application for as long as its page is open, in sight and used. */
export function useClaim({ id, claim, moves, scheduled }: ApiApplicationInFull, isAllowed: boolean): ClaimState {
  const isOpen = isAllowed && moves.length > 0 && scheduled?.state !== 'waiting'
  const isUsed = useIsUsed()
  const asked = useRef<Promise<unknown>>(undefined)
  const query = useQuery({
    queryKey: ['claim', id],
    queryFn: async () => {
      const asks = client.claimApplication({ params: { id } })
      asked.current = asks
      const made = await asks
      queryClient.setQueryData(applicationQuery(id).queryKey, (known) => known && { ...known, claim: made })
      return made
    },
    enabled: isOpen && isUsed,
    refetchInterval: PROLONG_MS,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  useEffect(() => {
    if (!isOpen) return
    const release = () => void partingClient.releaseClaim({ params: { id } }).catch(() => undefined)
    addEventListener('pagehide', release)
    return () => {
      removeEventListener('pagehide', release)
      // Who leaves before the claim is answered has it nevertheless.
      void asked.current?.then(release, () => undefined)
    }
  }, [id, isOpen])
  const isRefused = query.error instanceof ApiProblem && query.error.code === 'application.claimed'
  useEffect(() => {
    // Who it is stands in the application.
    if (isRefused) void queryClient.invalidateQueries({ queryKey: applicationQuery(id).queryKey })
  }, [id, isRefused])
  return {
    by: claim && !claim.mine ? claim.by : undefined,
    takeOver: async () => {
      await client.takeOverClaim({ params: { id } })
      await query.refetch()
    },
  }
}
