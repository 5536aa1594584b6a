import type { AccountNames } from '../accounts/account-names.ts'
import type { ListedApplication } from '../applications/application.store.ts'
import { toApplicationId } from '../applications/application-id.ts'
import { type Asker, listApplications, type QueueFilter } from '../applications/application-list.store.ts'
import type { Review } from '../applications/review.ts'
import { summarizeApplications } from '../applications/summarize-application.ts'
import { toChinaTime } from '../time/china-time.ts'
import type { Cell, Rows } from './cell.ts'

/** Applications that are read at once: their payloads are large. */
const PAGE = 200

const HEAD = [
  ...['id', 'kind', 'state', 'appid', 'summary', 'applied_at (UTC+8)', 'due_at (UTC+8)'],
  ...['decided_at (UTC+8)', 'decided_by', 'reason'],
]

type Filter = Parameters<typeof listApplications>[1] & QueueFilter

/** The applications behind the filters of the queue in its order, page by page: nothing is held of the database between two. */
export async function* applicationRows(
  { review, accountNames }: { review: Review; accountNames: AccountNames },
  filter: Filter,
  asker: Asker,
): Rows & AsyncGenerator<readonly Cell[][]> {
  yield [HEAD]
  let last: ListedApplication | undefined
  for (;;) {
    const at = (filter.state === 'under_review' ? last?.dueAt : last?.appliedAt)?.getTime() ?? 0
    const page = await listApplications(review.db, filter, PAGE, last && { ...last, at }, asker)
    const names = await accountNames.find(page.map(({ accountId }) => accountId))
    const summaries = await summarizeApplications(review, page)
    yield page.map((application, index) => [
      toApplicationId(application),
      application.kind,
      application.state,
      names.get(application.accountId)?.appid ?? '',
      summaries[index] ?? '',
      toChinaTime(application.appliedAt),
      toChinaTime(application.dueAt),
      application.decidedAt && toChinaTime(application.decidedAt),
      application.decidedBy,
      application.reason,
    ])
    last = page.at(-1)
    if (page.length < PAGE) return
  }
}
