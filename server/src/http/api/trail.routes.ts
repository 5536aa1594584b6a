import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { getApplication } from '../../applications/application.store.ts'
import { readInstallation } from '../../journal/installation.store.ts'
import { findLastEntryNo } from '../../journal/journal.store.ts'
import { listTrail } from '../../journal/list-trail.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toTrailEntry } from './trail.presenter.ts'

const LIMIT = 50

export function trailRoutes(serve: ServeEndpoint, { db }: Services): void {
  async function present(filter: Parameters<typeof listTrail>[1], limit: number, cursor: string | undefined) {
    const { accountId } = filter
    const readLast = async () =>
      accountId === undefined ? (await readInstallation(db)).entry_no : await findLastEntryNo(db, accountId)
    const [before = 0] = cursor ? parseCursor(cursor, 1) : [(await readLast()) + 1]
    const { entries, goesOn } = await listTrail(db, filter, limit, before)
    return { items: entries.map(toTrailEntry), next_cursor: goesOn === undefined ? null : toCursor([goesOn]) }
  }

  serve(api.listTrail, async ({ query: { limit = LIMIT, cursor, appid, actor, action } }) => {
    const account = appid === undefined ? undefined : await getAccountByAppid(db, appid)
    return await present({ accountId: account?.accountId, actor, action }, limit, cursor)
  })

  serve(api.listApplicationTrail, async ({ params, query: { limit = LIMIT, cursor } }) => {
    const key = keyOf(params.id)
    await getApplication(db, key)
    return await present(key, limit, cursor)
  })
}
