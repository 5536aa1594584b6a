import { api } from '@shenpi/sdk/contract/api'
import { actorKey, actorName } from '../../actors/actor.ts'
import { answerSample, getSampleFor } from '../../applications/answer-sample.ts'
import { getApplication } from '../../applications/application.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { getApplicationInFull } from '../../applications/application-picture.store.ts'
import { listSamples, readAgreement, type Sample } from '../../applications/sample.store.ts'
import { summarizeApplication } from '../../applications/summarize-application.ts'
import type { Services } from '../../services.ts'
import { DAY_MS } from '../../time/china-time.ts'
import { toPictures } from './applications.presenter.ts'
import { keyOf } from './applications.routes.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50
const DAYS = 90

export function samplesRoutes(
  serve: ServeEndpoint,
  { db, clock, review, accountNames, publicUrl, reader }: Services,
): void {
  async function toSample({ drawnAt, ...key }: Sample) {
    const application = await getApplication(db, key)
    const { kind, appliedAt } = application
    const [{ appid }, summary] = await Promise.all([
      accountNames.of(key.accountId),
      summarizeApplication(review, application),
    ])
    const times = { applied_at: appliedAt.toISOString(), drawn_at: drawnAt.toISOString() }
    return { id: toApplicationId(key), appid, kind, summary, ...times }
  }

  serve(api.listSamples, async ({ actor, query: { limit = LIMIT, cursor, kind } }) => {
    const [at = 0, accountId = 0, applicationNo = 0] = cursor ? parseCursor(cursor, 3) : []
    const samples = await listSamples(db, kind, limit, cursor ? { at, accountId, applicationNo } : undefined)
    const last = samples.at(limit - 1)
    // Few of a page are one's own.
    const ofOthers = samples.filter(({ deciderKeys }) => !deciderKeys.includes(actorKey(actor)))
    return {
      items: await Promise.all(ofOthers.map(toSample)),
      next_cursor: last ? toCursor([last.drawnAt.getTime(), last.accountId, last.applicationNo]) : null,
    }
  })

  serve(api.getSample, async ({ actor, params, reply }) => {
    const key = keyOf(params.id)
    const { payload, pictures } = await getApplicationInFull(db, key)
    const sample = await toSample(await getSampleFor(db, key, actorKey(actor)))
    const context = { appid: sample.appid, publicUrl: publicUrl(reply.request), reads: reader !== undefined }
    const shown = toPictures(pictures, context)
    return { ...sample, payload, pictures: shown }
  })

  serve(api.answerSample, async ({ actor, params, body: { move, note = '' } }) => {
    const answer = { move, note, actor: actorName(actor), actorKey: actorKey(actor) }
    const { sample, application } = await answerSample(review, keyOf(params.id), answer)
    const { reason, decidedBy } = application
    const decided = { decided_move: sample.move, decided_by: decidedBy ?? '', decided_reason: reason }
    return { id: toApplicationId(sample), move, note, ...decided, agrees: move === sample.move }
  })

  serve(api.readAgreement, async ({ query: { days = DAYS } }) => {
    const items = await readAgreement(db, new Date(clock.installation().getTime() - days * DAY_MS))
    return { items: items.map(({ reasonNo, ...of }) => ({ ...of, reason_no: reasonNo })) }
  })
}
