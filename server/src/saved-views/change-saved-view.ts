import { OWN_VIEWS_MAX, SHARED_VIEWS_MAX } from '@shenpi/sdk/contract/api'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { changeInstallation, type InstallationChange } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { countViews, deleteView, findViewByName, getView, insertView, updateView } from './saved-view.store.ts'
import { EVERYBODY, type SavedView } from './saved-view.ts'

interface Views {
  db: Kysely<Schema>
  clock: Clock
}

/** Save a view of the queue. @throws Problem `view.name_taken`, `view.too_many` */
export async function createView({ db, clock }: Views, view: Omit<SavedView, 'viewNo'>, actor: string) {
  return await changeInstallation(db, async (installation) => {
    const { trx } = installation
    const max = view.staffId === EVERYBODY ? SHARED_VIEWS_MAX : OWN_VIEWS_MAX
    if ((await countViews(trx, view.staffId)) >= max) throw new Problem('view.too_many')
    if (await findViewByName(trx, view)) throw new Problem('view.name_taken')
    const change = { actor, at: clock.installation() }
    const created = { ...view, viewNo: await insertView(trx, view, change) }
    tell(installation, 'view.create', created, change)
    return created
  })
}

/** Rename a view, or change its filters. @throws Problem `view.unknown`, `view.name_taken` */
export async function changeView({ db, clock }: Views, view: SavedView, actor: string): Promise<SavedView> {
  return await changeInstallation(db, async (installation) => {
    const { trx } = installation
    await getView(trx, view)
    const namesake = await findViewByName(trx, view)
    if (namesake && namesake.viewNo !== view.viewNo) throw new Problem('view.name_taken')
    const change = { actor, at: clock.installation() }
    await updateView(trx, view, change)
    tell(installation, 'view.change', view, change)
    return view
  })
}

/** @throws Problem `view.unknown` */
export async function removeView(
  { db, clock }: Views,
  of: Pick<SavedView, 'staffId' | 'viewNo'>,
  actor: string,
): Promise<void> {
  await changeInstallation(db, async (installation) => {
    const view = await getView(installation.trx, of)
    await deleteView(installation.trx, view.viewNo)
    tell(installation, 'view.delete', view, { actor, at: clock.installation() })
  })
}

/** What is of all stands in the trail; what one keeps for oneself concerns nobody else. */
function tell(
  { append }: InstallationChange,
  action: string,
  { staffId, viewNo, name, filters }: SavedView,
  { actor, at }: { actor: string; at: Date },
): void {
  if (staffId === EVERYBODY) append({ at, actor, action, detail: { view_no: viewNo, name, filters } })
}
