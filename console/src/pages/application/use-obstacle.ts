import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useClaim } from '../../data/claims.ts'
import { useMay } from '../../data/own-account.ts'

/** Why somebody cannot decide an application, or not approve it. */
export type Obstacle =
  | { type: 'not_allowed'; allows?: undefined }
  | { type: 'claimed'; by: string; takeOver?: () => Promise<void>; allows?: undefined }
  | { type: 'scheduled'; allows?: undefined }
  /** The first of two approvals is one's own. */
  | { type: 'own_opinion'; allows: 'reject' }

export function useObstacle(application: ApiApplicationInFull): Obstacle | undefined {
  const mayDecide = useMay('application.decide')
  const mayTakeOver = useMay('application.reassign')
  const isOwn = application.opinions.some(({ mine }) => mine)
  // Who waits for another person's opinion does not keep it from them.
  const { by, takeOver } = useClaim(application, mayDecide && !isOwn)
  if (!mayDecide) return { type: 'not_allowed' }
  if (application.scheduled?.state === 'waiting') return { type: 'scheduled' }
  if (by !== undefined) return { type: 'claimed', by, takeOver: mayTakeOver ? takeOver : undefined }
  if (isOwn) return { type: 'own_opinion', allows: 'reject' }
  return undefined
}
