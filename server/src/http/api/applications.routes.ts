import { api } from '@shenpi/sdk/contract/api'
import type { FastifyReply } from 'fastify'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { getApplication } from '../../applications/application.store.ts'
import type { Application } from '../../applications/application.ts'
import { type ApplicationKey, parseApplicationId } from '../../applications/application-id.ts'
import { listApplications } from '../../applications/application-list.store.ts'
import { listPictures } from '../../applications/application-picture.store.ts'
import { decideApplication } from '../../applications/decide-application.ts'
import { summarizeApplication, summarizeApplications } from '../../applications/summarize-application.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toApplication, toApplicationInFull } from './applications.presenter.ts'
import { parseCursor, toCursor } from './cursor.ts'
import { API_ACTOR, type ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

/** @throws Problem `application.unknown` */
export function keyOf(id: string): ApplicationKey {
  const key = parseApplicationId(id)
  if (!key) throw new Problem('application.unknown')
  return key
}

export function applicationsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, appids, review } = services

  /** With its pictures, which a decision does not change: they are read beside it. */
  async function present(key: ApplicationKey, read: Promise<Application>, reply: FastifyReply) {
    const [application, pictures] = await Promise.all([read, listPictures(db, key)])
    reply.header('etag', `"${application.version}"`)
    const appid = await appids.of(application.accountId)
    const summary = await summarizeApplication(review, application)
    const context = { appid, summary, now: clock.now(), publicUrl: services.publicUrl(reply.request) }
    return toApplicationInFull(application, pictures, context)
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
        return toApplication(application, { appid, summary: summaries[index] ?? '', now })
      }),
      next_cursor: last ? toCursor([lastAt, last.accountId, last.applicationNo]) : null,
    }
  })

  serve(api.getApplication, async ({ params, reply }) => {
    const key = keyOf(params.id)
    return await present(key, getApplication(db, key), reply)
  })

  serve(api.decideApplication, async ({ params, body: { move, reason = '' }, version, reply }) => {
    const key = keyOf(params.id)
    return await present(key, decideApplication(review, key, { move, reason, version, actor: API_ACTOR }), reply)
  })
}
