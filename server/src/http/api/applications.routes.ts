import { api, COUNTED_APPLICATIONS_MAX } from '@shenpi/sdk/contract/api'
import type { ApplicationState } from '@shenpi/sdk/contract/states'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { type Actor, actorKey } from '../../actors/actor.ts'
import { type ApplicationKey, parseApplicationId } from '../../applications/application-id.ts'
import {
  countApplications,
  countOfKind,
  listApplications,
  type QueueFilter,
} from '../../applications/application-list.store.ts'
import { readReview } from '../../applications/read-review.ts'
import { summarizeApplications } from '../../applications/summarize-application.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toApplication } from './applications.presenter.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { languageOf } from './language-of.ts'
import { presentReview } from './present-review.ts'

const LIMIT = 50

/** @throws Problem `application.unknown` */
export function keyOf(id: string): ApplicationKey {
  const key = parseApplicationId(id)
  if (!key) throw new Problem('application.unknown')
  return key
}

export function applicationsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, accountNames, review } = services
  const askerOf = (actor: Actor) => ({
    actorKey: actorKey(actor),
    now: clock.installation(),
    machineNow: clock.machine(),
  })
  const accountIdOf = async (appid: string | undefined) =>
    appid ? (await getAccountByAppid(db, appid)).accountId : undefined

  serve(api.listApplications, async ({ actor, query, reply }) => {
    const { limit = LIMIT, cursor, appid, kind, due, claim, stage } = query
    const state = stateOf(query)
    const accountId = await accountIdOf(appid)
    const [at = 0, afterId = 0, applicationNo = 0] = cursor ? parseCursor(cursor, 3) : []
    const after = cursor ? { at, accountId: afterId, applicationNo } : undefined
    const asker = askerOf(actor)
    const filter = { accountId, kind, state, due, claim, stage }
    const applications = await listApplications(db, filter, limit, after, asker)
    const names = await accountNames.find(applications.map((application) => application.accountId))
    const summaries = await summarizeApplications(review, applications, languageOf(reply.request))
    const last = applications.at(limit - 1)
    const lastAt = (state === 'under_review' ? last?.dueAt : last?.appliedAt)?.getTime() ?? 0
    return {
      items: applications.map((application, index) => {
        const { appid = '', name = '' } = names.get(application.accountId) ?? {}
        return toApplication(application, {
          ...asker,
          appid,
          name,
          summary: summaries[index] ?? '',
          calendar: review.calendar(),
        })
      }),
      next_cursor: last ? toCursor([lastAt, last.accountId, last.applicationNo]) : null,
    }
  })

  serve(api.countApplications, async ({ actor, query: { appid, kind } }) => {
    const accountId = await accountIdOf(appid)
    const asker = askerOf(actor)
    return kind
      ? await countOfKind(db, { accountId, kind }, COUNTED_APPLICATIONS_MAX, asker)
      : await countApplications(db, accountId, COUNTED_APPLICATIONS_MAX, asker)
  })

  serve(api.getApplication, async ({ actor, params, reply }) =>
    presentReview(services, await readReview(review, keyOf(params.id)), actor, reply),
  )
}

/** The state that is asked for. @throws Problem `request.malformed` where another filter is not of it */
export function stateOf({
  state,
  due,
  claim,
  stage,
}: { state?: ApplicationState } & QueueFilter): ApplicationState | undefined {
  if (!due && !claim && !stage) return state
  if (state === undefined || state === 'under_review') return 'under_review'
  throw new Problem('request.malformed', 'state: due, claim and stage are of applications under review.')
}
