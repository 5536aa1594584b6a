import type { ApplicationState, KindName } from '@shenpi/sdk/contract/states'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { preparedByForm } from '../db/statements.ts'
import { type ListedApplication, toListedApplication } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'

interface ApplicationFilter {
  accountId?: number | undefined
  kind?: KindName | undefined
  state?: ApplicationState | undefined
}

/** Where a list goes on: the key of the last application of the page before. */
type ApplicationCursor = ApplicationKey & { at: number }

interface Page extends ApplicationCursor {
  limit: number
}

/** What the statement of a page depends on besides its parameters. */
interface PageForm {
  kind: KindName | undefined
  state: ApplicationState | undefined
  ofAccount: boolean
  goesOn: boolean
}

function selectPage(db: Kysely<Schema>, { kind, state, ofAccount, goesOn }: PageForm, page: Page) {
  const [column, direction, beyond] =
    state === 'under_review' ? (['due_at', 'asc', '>'] as const) : (['applied_at', 'desc', '<'] as const)
  let query = db
    .selectFrom('application')
    .select(['account_id', 'application_no', 'kind', 'state', 'payload', 'version', 'applied_at', 'due_at'])
    .select(['decided_at', 'decided_by', 'reason', 'resubmission_of', 'rejected_fields'])
    .select(['stage', 'claimed_by', 'claimed_name', 'claimed_until'])
    .limit(page.limit)
  // Literals: a bound parameter would hide from the planner that a partial index fits.
  if (kind) query = query.where('kind', '=', sql.lit(kind))
  if (state) query = query.where('state', '=', sql.lit(state))
  if (ofAccount) {
    // Within an account the numbers are in the order of time, and the key's index serves.
    query = query.where('account_id', '=', page.accountId).orderBy('application_no', direction)
    return goesOn ? query.where('application_no', beyond, page.applicationNo) : query
  }
  query = query.orderBy(column, direction).orderBy('account_id', direction).orderBy('application_no', direction)
  if (!goesOn) return query
  return query.where(({ eb, refTuple, tuple }) =>
    eb(refTuple(column, 'account_id', 'application_no'), beyond, tuple(page.at, page.accountId, page.applicationNo)),
  )
}

/** Of each form of a page; the contract's words make 144 of them. */
const statementOf = preparedByForm(selectPage)

/**
 * Open applications the most urgent first, all others the newest first.
 *
 * @param limit how many at the most
 */
export async function listApplications(
  db: Kysely<Schema>,
  { accountId, kind, state }: ApplicationFilter,
  limit: number,
  after?: ApplicationCursor,
): Promise<ListedApplication[]> {
  const selectPage = statementOf({ kind, state, ofAccount: accountId !== undefined, goesOn: after !== undefined })
  const { at, applicationNo } = after ?? { at: 0, applicationNo: 0 }
  const rows = await selectPage(db, { limit, at, applicationNo, accountId: accountId ?? after?.accountId ?? 0 })
  return rows.map(toListedApplication)
}
