import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { type Actor, actorName } from '../../actors/actor.ts'
import { findStanding, getApplication } from '../../applications/application.store.ts'
import { readInstallation } from '../../journal/installation.store.ts'
import { findLastEntryNo } from '../../journal/journal.store.ts'
import { listTrail } from '../../journal/list-trail.ts'
import type { EntryRow } from '../../journal/trail-entry.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toTrailEntry } from './trail.presenter.ts'

const LIMIT = 50

/** Entries with what somebody thought of an application that another has still to judge. */
const WITH_THOUGHTS = ['application.opinion', 'application.schedule']

export function trailRoutes(serve: ServeEndpoint, { db }: Services): void {
  /** Whoever may still choose does not read before what another thought. */
  async function isWithheld(row: EntryRow, actor: Actor): Promise<boolean> {
    const { account_id: accountId, application_no: applicationNo } = row
    if (!WITH_THOUGHTS.includes(row.action) || applicationNo === null || row.actor === actorName(actor)) return false
    return (await findStanding(db, { accountId, applicationNo }))?.state === 'under_review'
  }

  async function present(
    filter: Parameters<typeof listTrail>[1],
    { limit, cursor, asker }: { limit: number; cursor: string | undefined; asker: Actor },
  ) {
    const { accountId } = filter
    const readLast = async () =>
      accountId === undefined ? (await readInstallation(db)).entry_no : await findLastEntryNo(db, accountId)
    const [before = 0] = cursor ? parseCursor(cursor, 1) : [(await readLast()) + 1]
    const { entries, goesOn } = await listTrail(db, filter, limit, before)
    const items = entries.map(async (row) => toTrailEntry(row, await isWithheld(row, asker)))
    return { items: await Promise.all(items), next_cursor: goesOn === undefined ? null : toCursor([goesOn]) }
  }

  serve(api.listTrail, async ({ actor: asker, query: { limit = LIMIT, cursor, appid, actor, action } }) => {
    const account = appid === undefined ? undefined : await getAccountByAppid(db, appid)
    return await present({ accountId: account?.accountId, actor, action }, { limit, cursor, asker })
  })

  serve(api.listApplicationTrail, async ({ actor: asker, params, query: { limit = LIMIT, cursor } }) => {
    const key = keyOf(params.id)
    await getApplication(db, key)
    return await present(key, { limit, cursor, asker })
  })
}
