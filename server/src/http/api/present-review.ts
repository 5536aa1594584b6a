import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import type { FastifyReply } from 'fastify'
import { type Actor, actorKey } from '../../actors/actor.ts'
import type { ReviewInFull } from '../../applications/read-review.ts'
import { nameIds, summarizeApplication } from '../../applications/summarize-application.ts'
import type { Services } from '../../services.ts'
import { toApplicationInFull } from './applications.presenter.ts'
import { languageOf } from './language-of.ts'

/** An application as who asks sees it, with its version as the ETag. */
export async function presentReview(
  { accountNames, review, clock, publicUrl, reader }: Services,
  read: ReviewInFull,
  actor: Actor,
  reply: FastifyReply,
): Promise<ApiApplicationInFull> {
  const { application } = read
  reply.header('etag', `"${application.version}"`)
  const { appid, name } = await accountNames.of(application.accountId)
  const language = languageOf(reply.request)
  const summary = await summarizeApplication(review, application, language)
  const names = await nameIds(review, application, language)
  const now = clock.now(application.accountId)
  const calendar = review.calendar()
  const context = {
    appid,
    name,
    summary,
    names,
    now,
    calendar,
    actorKey: actorKey(actor),
    publicUrl: publicUrl(reply.request),
    reads: reader !== undefined,
  }
  return toApplicationInFull(read, context)
}
