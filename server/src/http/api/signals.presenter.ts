import type { ApiSignal } from '@shenpi/sdk/contract/api'
import type { AccountName } from '../../accounts/account-name.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { type LinkedApplication, rejectedIn, type Signal } from '../../signals/signal.ts'
import { toIsoTime } from '../../time/iso-time.ts'

export function toSignal(signal: Signal, names: ReadonlyMap<number, AccountName>): ApiSignal {
  const { kind, value, pictures, applications, more } = signal
  return {
    trace: kind,
    value,
    pictures: pictures.map(({ field, position }) => ({ field, position })),
    accounts: new Set(applications.map(({ accountId }) => accountId)).size,
    rejected: rejectedIn(signal),
    more,
    applications: applications.map((application) => toLinked(application, names.get(application.accountId))),
  }
}

const toLinked = (application: LinkedApplication, name: AccountName | undefined) => ({
  id: toApplicationId(application),
  appid: name?.appid ?? '',
  account_name: name?.name ?? '',
  kind: application.kind,
  state: application.state,
  applied_at: toIsoTime(application.appliedAt),
  distance: application.distance ?? null,
})
