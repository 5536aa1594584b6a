import { toAuditId } from '../../server/src/applications/application-id.ts'
import { toCursor } from '../../server/src/http/api/cursor.ts'
import { APPLIED_AT, FIRST_APPLICATION_NO } from '../lay-applications.ts'
import { laidAppid } from '../lay-devices.ts'
import { toGetRequest, toRequest } from '../load.ts'
import type { Shenpi } from '../processes.ts'
import { submissions } from '../submissions.ts'
import { BATCH_NO, CATEGORIES, FIRST_ACCOUNT_ID, layUnderReview, UNDER_REVIEW, type World } from './world.ts'

/** What a server is asked again and again. */
export interface Job {
  name: string
  next: () => string
  /** What its successes contain. */
  sign?: string
  /** Lay what it uses up, before the first request. */
  prepare?: () => Promise<void>
}

const ITEMS = '"items":[{'
/** Applications that are asked about one after another lie so far apart, so that they are spread over all there are. */
const STRIDE = 7919

export function jobsOf(world: World, { key }: Shenpi): Job[] {
  const authorization = `Bearer ${key}`
  const applyPath = ({ token }: { token: string }) => `/shop/audit/audit_category?access_token=${token}`
  const list = (query: string) => {
    const request = toGetRequest(`/api/v1/applications?limit=50${query}`, { authorization })
    return () => request
  }
  return [
    { name: 'shop/audit/result', next: auditResults(world) },
    { name: 'device/applystatus', next: batchStatuses(world) },
    { name: 'first page', next: list(''), sign: ITEMS },
    { name: 'page in the middle', next: list(`&cursor=${middleOf(world)}`), sign: ITEMS },
    {
      name: 'page of one account in the middle',
      next: list(`&appid=${laidAppid(FIRST_ACCOUNT_ID)}&cursor=${middleOf(world)}`),
      sign: ITEMS,
    },
    { name: 'submission', next: submissions(world.applicants, CATEGORIES, applyPath) },
    {
      name: 'decision',
      next: decisions(world, authorization),
      sign: '"version":2',
      prepare: () => layUnderReview(world),
    },
  ]
}

function auditResults({ applicants, accounts, applications }: World): () => string {
  let count = 0
  return () => {
    const i = (count * STRIDE) % applications
    count += 1
    const { accountId, token } = applicants[i % accounts] as World['applicants'][number]
    const audit_id = toAuditId({ accountId, applicationNo: FIRST_APPLICATION_NO + Math.floor(i / accounts) })
    return toRequest(`/shop/audit/result?access_token=${token}`, { audit_id })
  }
}

export function batchStatuses({ applicants }: World): () => string {
  let count = 0
  return () => {
    const { token } = applicants[count % applicants.length] as World['applicants'][number]
    count += 1
    return toRequest(`/shakearound/device/applystatus?access_token=${token}`, { apply_id: BATCH_NO })
  }
}

/** What the list goes on from behind half of the applications. */
const middleOf = ({ applications }: World): string =>
  toCursor([APPLIED_AT + Math.floor(applications / 2) * 1000, FIRST_ACCOUNT_ID, FIRST_APPLICATION_NO])

function decisions({ accounts }: World, authorization: string): () => string {
  let count = 0
  return () => {
    if (count >= UNDER_REVIEW.count) throw new Error(`${count} decisions are all that were prepared: take fewer rounds`)
    const i = UNDER_REVIEW.from + count
    const id = `${FIRST_ACCOUNT_ID + (i % accounts)}-${FIRST_APPLICATION_NO + Math.floor(i / accounts)}`
    const body = count % 2 === 0 ? { move: 'approve' } : { move: 'reject', reason: '证件不清晰' }
    count += 1
    return toRequest(`/api/v1/applications/${id}/decision`, body, { authorization, 'if-match': '"1"' })
  }
}
