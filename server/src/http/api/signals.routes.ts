import { api } from '@shenpi/sdk/contract/api'
import { listNames } from '../../accounts/account-name.store.ts'
import type { Services } from '../../services.ts'
import { findSignals } from '../../signals/find-signals.ts'
import { readCodes } from '../../signals/read-codes.ts'
import { keyOf } from './applications.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toSignal } from './signals.presenter.ts'

export function signalsRoutes(serve: ServeEndpoint, { db }: Services): void {
  serve(api.getSignals, async ({ params }) => {
    const key = keyOf(params.id)
    const { application, signals } = await findSignals(db, key)
    const accountIds = signals.flatMap(({ applications }) => applications.map(({ accountId }) => accountId))
    const names = await listNames(db, accountIds)
    return {
      items: signals.map((signal) => toSignal(signal, names)),
      credit_codes: readCodes(application),
    }
  })
}
