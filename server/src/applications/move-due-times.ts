import { changeAccount } from '../journal/change-account.ts'
import { dueAt } from '../time/working-days.ts'
import { saveDueTime } from './application.store.ts'
import type { Application } from './application.ts'
import type { Review } from './review.ts'

type Due = Pick<Application, 'applicationNo' | 'appliedAt' | 'dueAt'>

/** Compute the due times of an account's open applications anew. @returns how many have another one now */
export async function moveDueTimes(review: Review, accountId: number, applications: readonly Due[]): Promise<number> {
  const days = review.policy().reviewWorkingDays
  const moved = applications
    .map((application) => ({ ...application, newDueAt: dueAt(application.appliedAt, days, review.calendar()) }))
    .filter(({ dueAt, newDueAt }) => dueAt.getTime() !== newDueAt.getTime())
  if (moved.length === 0) return 0
  return await changeAccount(review.db, accountId, async (account) => {
    let saved = 0
    for (const { applicationNo, dueAt: from, newDueAt: to } of moved) {
      if (!(await saveDueTime(account.trx, { accountId, applicationNo }, from, to))) continue
      const detail = { from: from.toISOString(), to: to.toISOString() }
      const at = review.clock.now(accountId)
      account.append({ at, actor: 'calendar', action: 'application.due_change', applicationNo, detail })
      saved += 1
    }
    return saved
  })
}
