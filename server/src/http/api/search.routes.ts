import { api } from '@shenpi/sdk/contract/api'
import { type AccountName, listNames } from '../../accounts/account-name.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { summarizeApplications } from '../../applications/summarize-application.ts'
import { type Found, searchEverything } from '../../search/search-everything.ts'
import type { Services } from '../../services.ts'
import { toIsoTime } from '../../time/iso-time.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { languageOf } from './language-of.ts'

export function searchRoutes(serve: ServeEndpoint, { db, review }: Services): void {
  serve(api.search, async ({ query: { q }, reply }) => {
    const { accounts, applications, more } = await searchEverything(db, q)
    const [names, summaries] = await Promise.all([
      listNames(
        db,
        applications.map(({ accountId }) => accountId),
      ),
      summarizeApplications(review, applications, languageOf(reply.request)),
    ])
    const found = applications.map((application, index) => {
      return toFoundApplication(application, names.get(application.accountId), summaries[index] ?? '')
    })
    return { items: [...accounts.map(toFoundAccount), ...found], more }
  })
}

const toFoundAccount = ({ match, appid, name }: Found['accounts'][number]) => ({
  type: 'account' as const,
  match,
  appid,
  account_name: name,
})

const toFoundApplication = (
  application: Found['applications'][number],
  name: AccountName | undefined,
  summary: string,
) => ({
  type: 'application' as const,
  match: application.match,
  appid: name?.appid ?? '',
  account_name: name?.name ?? '',
  id: toApplicationId(application),
  kind: application.kind,
  state: application.state,
  summary,
  applied_at: toIsoTime(application.appliedAt),
  decided_at: application.decidedAt && toIsoTime(application.decidedAt),
})
