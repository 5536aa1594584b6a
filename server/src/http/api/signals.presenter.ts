import type { ApiSignal } from '@shenpi/sdk/contract/api'
import type { AccountName } from '../../accounts/account-name.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { type LinkedApplication, rejectedIn, type Signal } from '../../signals/signal.ts'
import { toIsoTime } from '../../time/iso-time.ts'

export function toSignal(signal: Signal, ofId: number, names: ReadonlyMap<number, AccountName>): ApiSignal {
  const { kind, value, pictures, applications, more } = signal
  const others = applications.filter(({ accountId }) => accountId !== ofId)
  return {
    trace: kind,
    value,
    pictures: pictures.map(({ field, position }) => ({ field, position })),
    accounts: new Set(others.map(({ accountId }) => accountId)).size,
    rejected: rejectedIn(signal),
    more,
    applications: applications.map((application) => toLinked(application, ofId, names.get(application.accountId))),
  }
}

const toLinked = (application: LinkedApplication, ofId: number, name: AccountName | undefined) => ({
  id: toApplicationId(application),
  appid: name?.appid ?? '',
  account_name: name?.name ?? '',
  same_account: application.accountId === ofId,
  kind: application.kind,
  state: application.state,
  applied_at: toIsoTime(application.appliedAt),
  distance: application.distance ?? null,
})
