import type { ApiDelivery } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deliveriesQuery } from '../../data/deliveries.ts'
import { rowsOf } from '../../data/pages-of.ts'

/** How often it is looked for, and for how long. Unit of both: milliseconds. */
const LOOK_EVERY_MS = 1_000
const WAIT_MS = 10_000

export interface ExpectedEvent {
  /** The event of the last shake. */
  arrived: ApiDelivery | undefined
  isWaiting: boolean
  /** From now on the next one is that of a new shake. */
  expect: () => void
}

/** Watch for the event that a shake sends to its merchant. */
export function useShakeEvent(appid: string): ExpectedEvent {
  const [before, setBefore] = useState<{ id: string | undefined; until: number }>()
  const isLooking = before !== undefined
  const query = useInfiniteQuery({
    ...deliveriesQuery({ appid, event: 'ShakearoundUserShake' }),
    refetchInterval: isLooking && LOOK_EVERY_MS,
  })
  const newest = rowsOf(query.data)[0]
  const arrived = before && newest?.id !== before.id ? newest : undefined
  return {
    arrived,
    isWaiting: before !== undefined && !arrived && performance.now() < before.until,
    expect: () => setBefore({ id: newest?.id, until: performance.now() + WAIT_MS }),
  }
}
