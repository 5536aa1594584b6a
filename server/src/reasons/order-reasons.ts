import type { KindName } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { listReasonNos, savePosition } from './reason.store.ts'

/** Put reasons of a kind first, in this order; the others follow as they were. @throws Problem `reason.unknown` */
export async function orderReasons(
  { db, clock }: { db: Kysely<Schema>; clock: Clock },
  { kind, order }: { kind: KindName; order: readonly number[] },
  actor: string,
): Promise<void> {
  await changeInstallation(db, async ({ trx, append }) => {
    const before = await listReasonNos(trx, kind)
    if (order.some((reasonNo) => !before.includes(reasonNo))) throw new Problem('reason.unknown')
    const after = [...order, ...before.filter((reasonNo) => !order.includes(reasonNo))]
    for (const [index, reasonNo] of after.entries()) await savePosition(trx, reasonNo, index + 1)
    append({ at: clock.installation(), actor, action: 'reason.order', detail: { kind, order: after } })
  })
}
