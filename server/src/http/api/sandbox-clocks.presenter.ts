import type { ApiClock, ApiHappening } from '@shenpi/sdk/contract/api'
import type { QueueName } from '@shenpi/sdk/contract/states'
import { toApplicationId } from '../../applications/application-id.ts'
import { timeOf } from '../../sandbox/clocks/set-clock.ts'
import type { Happening } from '../../sandbox/clocks/timeline.ts'
import type { AccountClocks } from '../../time/account-clocks.ts'

/** @param accountId an account, or the server */
export function toClock(
  clocks: AccountClocks,
  accountId: number,
  next: { queue: QueueName; dueAt: Date } | undefined,
): ApiClock {
  const now = timeOf(clocks, accountId)
  return {
    now: now.toISOString(),
    frozen: clocks.settingOf(accountId).frozenAt !== null,
    ahead_ms: now.getTime() - clocks.machine(),
    next_due: next ? { queue: next.queue, at: next.dueAt.toISOString() } : null,
  }
}

export function toHappening(accountId: number, happening: Happening): ApiHappening {
  const { type } = happening
  const idOf = (applicationNo: number | null) =>
    applicationNo === null ? null : toApplicationId({ accountId, applicationNo })
  const at = happening.at.toISOString()
  if (type === 'entry') {
    const { action, actor, application_no } = happening.entry
    return { at, type, application: idOf(application_no), text: action, actor, injected_by: null }
  }
  if (type === 'callback') {
    const { event, status, outcome, applicationNo, injectedBy } = happening.tried
    const text = `${event}: ${status ?? '–'} ${outcome}`
    return { at, type, application: idOf(applicationNo), text, actor: null, injected_by: injectedBy }
  }
  const application = type === 'overdue' ? idOf(happening.applicationNo) : null
  return { at, type, application, text: '', actor: null, injected_by: null }
}
