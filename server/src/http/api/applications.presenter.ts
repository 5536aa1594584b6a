import type { ApiApplication, ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { type ApplicationState, LICENCE_FIELDS, MOVE_NAMES, type Move } from '@shenpi/sdk/contract/states'
import type { ListedApplication } from '../../applications/application.store.ts'
import { MOVES } from '../../applications/application.ts'
import { toApplicationId, toAuditId } from '../../applications/application-id.ts'
import type { ReviewInFull } from '../../applications/read-review.ts'
import { toLinkPath } from '../../pictures/picture-link.ts'
import { toIsoTime } from '../../time/iso-time.ts'
import { type Calendar, calendarCovers } from '../../time/working-days.ts'
import { toClaim, toOpinions, toScheduled } from './decisions.presenter.ts'

const movesOf = (state: ApplicationState): Move[] => MOVE_NAMES.filter((move) => Object.hasOwn(MOVES[state], move))

const OPEN_MOVES: Readonly<Record<ApplicationState, Move[]>> = {
  under_review: movesOf('under_review'),
  approved: movesOf('approved'),
  rejected: movesOf('rejected'),
}

interface Context {
  appid: string
  /** What the account is called. */
  name: string
  summary: string
  now: Date
  calendar: Calendar
  /** Who asks. */
  actorKey: string
}

export function toApplication(
  application: ListedApplication,
  { appid, name, summary, now, calendar, actorKey }: Context,
): ApiApplication {
  const { state, stage, claim, resubmissionOf: resubmitted } = application
  return {
    id: toApplicationId(application),
    audit_id: toAuditId(application),
    apply_id: application.applicationNo,
    appid,
    account_name: name,
    kind: application.kind,
    state,
    summary,
    payload: application.payload,
    version: application.version,
    moves: OPEN_MOVES[state],
    stage: state === 'under_review' ? stage : null,
    claim: claim && toClaim(claim, actorKey),
    applied_at: toIsoTime(application.appliedAt),
    due_at: toIsoTime(application.dueAt),
    overdue: state === 'under_review' && application.dueAt < now,
    due_is_certain: calendarCovers(application.dueAt, calendar),
    decided_at: application.decidedAt && toIsoTime(application.decidedAt),
    decided_by: application.decidedBy,
    reason: application.reason,
    resubmission_of:
      resubmitted === null ? null : toApplicationId({ accountId: application.accountId, applicationNo: resubmitted }),
  }
}

type Pictures = ReviewInFull['application']['pictures']

interface PicturesContext {
  appid: string
  publicUrl: string
  /** Whether the server reads licences. */
  reads: boolean
}

export const toPictures = (pictures: Pictures, { appid, publicUrl, reads }: PicturesContext) =>
  pictures.map(({ field, position, reference, state, linkKey, failure }) => ({
    field,
    position,
    reference,
    state,
    url: linkKey && publicUrl + toLinkPath(linkKey, 'shop', appid),
    failure,
    is_readable: reads && linkKey !== null && LICENCE_FIELDS.some((name) => name === field),
  }))

export function toApplicationInFull(
  { application, isForTwo, opinions, scheduled }: ReviewInFull,
  context: Context & PicturesContext & { names: Readonly<Record<string, string>> },
): ApiApplicationInFull {
  const { actorKey } = context
  return {
    ...toApplication(application, context),
    names: Object.entries(context.names).map(([field, name]) => ({ field, name })),
    pictures: toPictures(application.pictures, context),
    rejected_fields: [...application.rejectedFields],
    approvals_needed: isForTwo ? 2 : 1,
    opinions: toOpinions(application, opinions, actorKey),
    scheduled: toScheduled(application, scheduled, actorKey),
  }
}
