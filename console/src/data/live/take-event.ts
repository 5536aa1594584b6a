import type { ApiApplication, WatchedApplication } from '@shenpi/sdk/contract/api'
import { applicationQuery, changeRow, findRow } from '../applications.ts'
import { queryClient } from '../client.ts'
import { noteArrived, noteChanged } from './list-changes.ts'
import type { LiveEvent } from './message.ts'

/** Counts follow so long after the first change at the latest. Unit: milliseconds. */
const COUNTS_MS = 15_000
const COUNTS = ['application-counts', 'saved-view-counts']

/** Let what is shown follow an event: in place, and no row moves. */
export function takeEvent({ name, data }: LiveEvent): void {
  if (name === 'arrived') {
    noteArrived(data)
    refreshCounts()
    return
  }
  takeIntoPage(data)
  takeIntoLists(data)
}

function takeIntoPage({ id, state, stage, version, claim }: WatchedApplication): void {
  const { queryKey } = applicationQuery(id)
  const known = queryClient.getQueryData(queryKey)
  if (!known || version < known.version) return
  if (version !== known.version || state !== known.state || stage !== known.stage) {
    void queryClient.invalidateQueries({ queryKey })
  } else if (!isSameClaim(claim, known.claim)) {
    queryClient.setQueryData(queryKey, { ...known, claim })
    // It is free: whoever looks at it may have it.
    if (!claim) void queryClient.invalidateQueries({ queryKey: ['claim', id] })
  }
}

function takeIntoLists(standing: WatchedApplication): void {
  const row = findRow(standing.id)
  if (!row || standing.version < row.version) return
  const { id, state, stage, version, claim } = standing
  const isSame = state === row.state && stage === row.stage
  if (isSame && version === row.version && isSameClaim(claim, row.claim)) return
  changeRow(id, (before) => ({ ...before, state, stage, version, claim }))
  if (isSame) return
  refreshCounts()
  // Whoever saw that a decision waits expects what comes of it.
  if (row.stage !== 'scheduled' || state === 'under_review') noteChanged(id)
}

/** Its end moves on while it is used. */
const isSameClaim = (a: ApiApplication['claim'], b: ApiApplication['claim']): boolean =>
  a?.by === b?.by && a?.mine === b?.mine

let areCountsDue = false

function refreshCounts(): void {
  if (areCountsDue) return
  areCountsDue = true
  const follow = () => {
    areCountsDue = false
    // Those that nobody looks at are read when somebody does.
    const refetchType = document.visibilityState === 'visible' ? 'active' : 'none'
    for (const noun of COUNTS) void queryClient.invalidateQueries({ queryKey: [noun], refetchType })
  }
  // Not all browsers at once.
  setTimeout(follow, COUNTS_MS * (0.5 + Math.random() / 2))
}
