import type { Move } from '@shenpi/sdk/contract/states'
import { parseApplicationId } from 'shenpi/src/applications/application-id.ts'
import { listApplications } from 'shenpi/src/applications/application-list.store.ts'
import { decideApplication } from 'shenpi/src/applications/decide-application.ts'
import type { Services } from 'shenpi/src/services.ts'

interface Asked {
  /** Of the wire or of the staff. Undefined: the newest that is open. */
  id: string | undefined
  move: Move
  reason?: string
  fields?: string[]
}

/** Decide an application of an account, as its staff would, at once. @throws Error when there is none */
export async function decide(services: Services, accountId: number, { id, ...asked }: Asked): Promise<void> {
  const key = id === undefined ? await findNewestOpen(services, accountId) : parseApplicationId(id)
  if (!key) throw new Error(id === undefined ? 'No application is open.' : `${id} is no application.`)
  await decideApplication(services.review, key, { reason: '', ...asked, actor: 'test' })
}

const OPEN_MAX = 1000

async function findNewestOpen({ db, clock }: Services, accountId: number) {
  const asker = { actorKey: 'test', now: clock.now(accountId), machineNow: clock.machine() }
  const open = await listApplications(db, { accountId, state: 'under_review' }, OPEN_MAX, undefined, asker)
  return open.toSorted((a, b) => b.applicationNo - a.applicationNo)[0]
}
