import { api } from '@shenpi/sdk/contract/api'
import type { FastifyReply } from 'fastify'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import { type ApplicationKey, parseApplicationId } from '../../applications/application-id.ts'
import { listApplications } from '../../applications/application-list.store.ts'
import { type ApplicationInFull, getApplicationInFull } from '../../applications/application-picture.store.ts'
import { decideApplication } from '../../applications/decide-application.ts'
import { summarizeApplication, summarizeApplications } from '../../applications/summarize-application.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toApplication, toApplicationInFull } from './applications.presenter.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

/** @throws Problem `application.unknown` */
export function keyOf(id: string): ApplicationKey {
  const key = parseApplicationId(id)
  if (!key) throw new Problem('application.unknown')
  return key
}

export function applicationsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, appids, review } = services

  async function present(application: ApplicationInFull, reply: FastifyReply) {
    reply.header('etag', `"${application.version}"`)
    const appid = await appids.of(application.accountId)
    const summary = await summarizeApplication(review, application)
    const context = {
      appid,
      summary,
      now: clock.now(),
      calendar: review.calendar(),
      publicUrl: services.publicUrl(reply.request),
    }
    return toApplicationInFull(application, context)
  }

  serve(api.listApplications, async ({ query: { limit = LIMIT, cursor, appid, kind, state } }) => {
    const account = appid ? await getAccountByAppid(db, appid) : undefined
    const [at = 0, accountId = 0, applicationNo = 0] = cursor ? parseCursor(cursor, 3) : []
    const after = cursor ? { at, accountId, applicationNo } : undefined
    const applications = await listApplications(db, { accountId: account?.accountId, kind, state }, limit, after)
    const names = await appids.find(applications.map((application) => application.accountId))
    const summaries = await summarizeApplications(review, applications)
    const now = clock.now()
    const last = applications.at(limit - 1)
    const lastAt = (state === 'under_review' ? last?.dueAt : last?.appliedAt)?.getTime() ?? 0
    return {
      items: applications.map((application, index) => {
        const appid = names.get(application.accountId) ?? ''
        return toApplication(application, { appid, summary: summaries[index] ?? '', now, calendar: review.calendar() })
      }),
      next_cursor: last ? toCursor([lastAt, last.accountId, last.applicationNo]) : null,
    }
  })

  serve(api.getApplication, async ({ params, reply }) => {
    return await present(await getApplicationInFull(db, keyOf(params.id)), reply)
  })

  serve(api.decideApplication, async ({ actor, params, body: { move, reason = '' }, version, reply }) => {
    const decision = { move, reason, version, actor: actorName(actor) }
    return await present(await decideApplication(review, keyOf(params.id), decision), reply)
  })
}
