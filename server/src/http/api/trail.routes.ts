import { Readable } from 'node:stream'
import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { type Actor, actorName } from '../../actors/actor.ts'
import { findStanding, getApplication } from '../../applications/application.store.ts'
import { exportTrail } from '../../journal/export-trail.ts'
import { listTrail } from '../../journal/list-trail.ts'
import type { EntryRow } from '../../journal/trail-entry.ts'
import { loadTrailKey, toPublicKey } from '../../journal/trail-key.ts'
import { findVerification, type Verification } from '../../journal/verification.store.ts'
import { verifyOn } from '../../journal/verify-on.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { ExportPlaces } from './export-places.ts'
import { inTurns } from './in-turns.ts'
import { fileNameOf, toTrailEntry, toVerification } from './trail.presenter.ts'

const LIMIT = 50
/** Exports that a server sends at once, and of them to one person or key. */
const PLACES = { max: 8, ofOneMax: 2 }

/** Entries with what somebody thought of an application that another has still to judge. */
const WITH_THOUGHTS = ['application.opinion', 'application.schedule']

const toPeriod = ({ from, to }: { from?: string; to?: string }) => ({
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
})

export function trailRoutes(serve: ServeEndpoint, { db, clock, accountNames }: Services): void {
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
    const [before] = cursor ? parseCursor(cursor, 1) : []
    const { entries, goesOn } = await listTrail(db, filter, limit, before)
    const items = entries.map(async (row) => toTrailEntry(row, await isWithheld(row, asker)))
    return { items: await Promise.all(items), next_cursor: goesOn === undefined ? null : toCursor([goesOn]) }
  }

  serve(api.listTrail, async ({ actor: asker, query: { limit = LIMIT, cursor, appid, actor, action, ...times } }) => {
    const account = appid === undefined ? undefined : await getAccountByAppid(db, appid)
    const filter = { accountId: account?.accountId, actor, action, ...toPeriod(times) }
    return await present(filter, { limit, cursor, asker })
  })

  serve(api.listApplicationTrail, async ({ actor: asker, params, query: { limit = LIMIT, cursor } }) => {
    const key = keyOf(params.id)
    await getApplication(db, key)
    return await present(key, { limit, cursor, asker })
  })

  async function presentVerification(verification: Verification) {
    const accountIds = verification.faults.flatMap(({ accountId }) => accountId ?? [])
    return toVerification(verification, await accountNames.find(accountIds))
  }

  serve(api.getTrailVerification, async () => {
    const last = await findVerification(db, { hasEnded: true })
    const running = await findVerification(db, { hasEnded: false })
    return {
      last: last ? await presentVerification(last) : null,
      running: running ? await presentVerification(running) : null,
    }
  })

  serve(api.verifyTrail, async ({ actor }) => presentVerification(await verifyOn({ db, clock }, actor)))

  serve(api.getTrailKey, async () => toPublicKey(await loadTrailKey(db)))

  const places = new ExportPlaces(PLACES)
  serve(api.exportTrail, async ({ actor, query: { appid, ...times }, reply }) => {
    const account = appid === undefined ? undefined : await getAccountByAppid(db, appid)
    const parts = { db, clock, isWithheld: (row: EntryRow) => isWithheld(row, actor) }
    const text = inTurns(exportTrail(parts, { account, actor, ...toPeriod(times) }))
    const stream = places.take(actor, Readable.from(text), reply)
    reply.header('content-disposition', `attachment; filename="${fileNameOf(appid, clock.installation())}"`)
    return stream
  })
}
