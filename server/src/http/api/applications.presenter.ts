import type { ApiApplication, ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { MOVE_NAMES } from '@shenpi/sdk/contract/states'
import { type Application, MOVES } from '../../applications/application.ts'
import { toApplicationId, toAuditId } from '../../applications/application-id.ts'
import type { ApplicationPicture } from '../../applications/application-picture.store.ts'
import { toLinkPath } from '../../pictures/picture-link.ts'
import { calendarCovers } from '../../time/working-days.ts'

export function toApplication(
  application: Application,
  { appid, summary, now }: { appid: string; summary: string; now: Date },
): ApiApplication {
  const { state, resubmissionOf: resubmitted } = application
  return {
    id: toApplicationId(application),
    audit_id: toAuditId(application),
    apply_id: application.applicationNo,
    appid,
    kind: application.kind,
    state,
    summary,
    payload: application.payload,
    version: application.version,
    moves: MOVE_NAMES.filter((move) => MOVES[state][move]),
    applied_at: application.appliedAt.toISOString(),
    due_at: application.dueAt.toISOString(),
    overdue: state === 'under_review' && application.dueAt < now,
    due_is_certain: calendarCovers(application.dueAt),
    decided_at: application.decidedAt?.toISOString() ?? null,
    decided_by: application.decidedBy,
    reason: application.reason,
    resubmission_of:
      resubmitted === null ? null : toApplicationId({ accountId: application.accountId, applicationNo: resubmitted }),
  }
}

export function toApplicationInFull(
  application: Application,
  pictures: readonly ApplicationPicture[],
  context: { appid: string; summary: string; now: Date; publicUrl: string },
): ApiApplicationInFull {
  return {
    ...toApplication(application, context),
    pictures: pictures.map(({ field, position, reference, state, linkKey, failure }) => ({
      field,
      position,
      reference,
      state,
      url: linkKey && context.publicUrl + toLinkPath(linkKey, 'shop', context.appid),
      failure,
    })),
  }
}
