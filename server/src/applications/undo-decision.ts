import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { getApplication } from './application.store.ts'
import type { Application } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import { listOpinions } from './opinion.store.ts'
import type { Review } from './review.ts'
import { endScheduledDecision, findScheduledDecision, saveStage } from './scheduled-decision.store.ts'
import { assertUndoable, stageAfter, type Undoer } from './scheduled-decision.ts'

/**
 * Take a decision back that waits to take effect.
 *
 * @throws Problem `application.unknown`, `decision.none_scheduled`, `decision.not_yours`
 */
export async function undoDecision({ db, clock }: Review, key: ApplicationKey, by: Undoer): Promise<Application> {
  return await changeAccount(db, key.accountId, async (account) => {
    const { trx } = account
    const application = await getApplication(trx, key)
    const scheduled = await findScheduledDecision(trx, key)
    const stage = stageAfter(await listOpinions(trx, key))
    const at = clock.now(key.accountId)
    assertUndoable(scheduled, by, clock.due(key.accountId))
    await endScheduledDecision(trx, key, 'undone')
    await saveStage(trx, key, stage)
    const detail = { move: scheduled.move, by: scheduled.actor }
    const { applicationNo } = key
    account.append({ at, actor: by.actor, action: 'application.undo', applicationNo, detail })
    return { ...application, stage, claim: null }
  }).catch((error: unknown) => {
    throw error instanceof NoSuchAccount ? new Problem('application.unknown') : error
  })
}
