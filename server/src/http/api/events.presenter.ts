import type { ArrivedApplication, WatchedApplication } from '@shenpi/sdk/contract/api/events'
import { type Actor, actorKey } from '../../actors/actor.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import type { ArrivedRow } from '../../events/application-watch.ts'
import type { WatchedRow } from '../../events/watched-application.store.ts'
import { toIsoTime } from '../../time/iso-time.ts'

export function toWatched(row: WatchedRow, actor: Actor): WatchedApplication {
  const { state, stage, version, claimed_by, claimed_name, claimed_until, is_claimed } = row
  const claim = {
    by: claimed_name ?? '',
    mine: claimed_by === actorKey(actor),
    until: toIsoTime(new Date(claimed_until)),
  }
  return {
    id: toApplicationId({ accountId: row.account_id, applicationNo: row.application_no }),
    state,
    stage: state === 'under_review' ? stage : null,
    version,
    claim: is_claimed ? claim : null,
  }
}

export function toArrived({ account_id, application_no, kind, due_at }: ArrivedRow): ArrivedApplication {
  const id = toApplicationId({ accountId: account_id, applicationNo: application_no })
  return { id, kind, due_at: toIsoTime(new Date(due_at)) }
}
