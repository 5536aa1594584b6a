import type { ApplicationState, ClaimFilter, DueFilter, KindName, ReviewStage } from '@shenpi/sdk/contract/states'
import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { sharedNow } from '../db/engine.ts'
import type { Schema } from '../db/schema.ts'
import { preparedByForm } from '../db/statements.ts'
import { chinaDay, midnightOf } from '../time/china-time.ts'
import { type ListedApplication, toListedApplication } from './application.store.ts'
import type { ApplicationKey } from './application-id.ts'

interface ApplicationFilter {
  accountId?: number | undefined
  kind?: KindName | undefined
  state?: ApplicationState | undefined
}

/** Of applications under review: where their review stands, as somebody sees it who asks now. */
export interface QueueFilter {
  due?: DueFilter | undefined
  claim?: ClaimFilter | undefined
  stage?: ReviewStage | undefined
}

/** Who asks for a list, and when. */
export interface Asker {
  actorKey: string
  now: Date
  /** Of the machine's time. */
  machineNow: number
}

/** For who asks for no claims. */
const NOBODY: Asker = { actorKey: '', now: new Date(0), machineNow: 0 }

/** Where a list goes on: the key of the last application of the page before. */
type ApplicationCursor = ApplicationKey & { at: number }

interface Page extends ApplicationCursor {
  limit: number
  actorKey: string
  machineNow: number
  /** When now is, and when today ends. */
  dueNow: number
  dueTomorrow: number
}

/** What the statement of a page depends on besides its parameters. */
interface PageForm extends QueueFilter {
  kind: KindName | undefined
  state: ApplicationState | undefined
  ofAccount: boolean
  goesOn: boolean
}

type Query = SelectQueryBuilder<Schema, 'application', object>

/** Literals: a bound parameter would hide from the planner that a partial index fits. */
function filtered<Q extends Query>(db: Kysely<Schema>, from: Q, form: Omit<PageForm, 'goesOn'>, page: Page): Q
function filtered(db: Kysely<Schema>, from: Query, form: Omit<PageForm, 'goesOn'>, page: Page): Query {
  const { kind, state, ofAccount, due, claim, stage } = form
  const now = sharedNow(db, page.machineNow)
  let query = from
  if (kind) query = query.where('kind', '=', sql.lit(kind))
  if (state) query = query.where('state', '=', sql.lit(state))
  if (stage) query = query.where('stage', '=', sql.lit(stage))
  if (stage && stage !== 'open') query = query.where('stage', '<>', sql.lit('open'))
  if (due === 'overdue') query = query.where('due_at', '<', page.dueNow)
  if (due === 'today') query = query.where('due_at', '>=', page.dueNow).where('due_at', '<', page.dueTomorrow)
  if (due === 'later') query = query.where('due_at', '>=', page.dueTomorrow)
  if (claim === 'free') query = query.where('claimed_until', '<=', now)
  else if (claim) query = query.where('claimed_until', '>', sql.lit(0)).where('claimed_until', '>', now)
  if (claim === 'mine') query = query.where('claimed_by', '=', page.actorKey)
  if (claim === 'others') query = query.where('claimed_by', '<>', page.actorKey)
  return ofAccount ? query.where('account_id', '=', page.accountId) : query
}

function selectPage(db: Kysely<Schema>, form: PageForm, page: Page) {
  const { state, ofAccount, goesOn } = form
  const [column, direction, beyond] =
    state === 'under_review' ? (['due_at', 'asc', '>'] as const) : (['applied_at', 'desc', '<'] as const)
  const from = db
    .selectFrom('application')
    .select(['account_id', 'application_no', 'kind', 'state', 'payload', 'version', 'applied_at', 'due_at'])
    .select(['decided_at', 'decided_by', 'reason', 'resubmission_of', 'rejected_fields'])
    .select(['stage', 'claimed_by', 'claimed_name'])
    .select(
      sql<number>`case when claimed_until > ${sharedNow(db, page.machineNow)} then claimed_until else 0 end`.as(
        'claimed_until',
      ),
    )
    .limit(page.limit)
  let query = filtered(db, from, form, page)
  if (ofAccount) {
    // Within an account the numbers are in the order of time, and the key's index serves.
    query = query.orderBy('application_no', direction)
    return goesOn ? query.where('application_no', beyond, page.applicationNo) : query
  }
  query = query.orderBy(column, direction).orderBy('account_id', direction).orderBy('application_no', direction)
  if (!goesOn) return query
  return query.where(({ eb, refTuple, tuple }) =>
    eb(refTuple(column, 'account_id', 'application_no'), beyond, tuple(page.at, page.accountId, page.applicationNo)),
  )
}

/** Of each form of a page without filters of the queue; the contract's words make 144 of them. */
const statementOf = preparedByForm(selectPage)

function pageOf({ actorKey, now, machineNow }: Asker, limit: number, cursor: ApplicationCursor): Page {
  const dueTomorrow = midnightOf(chinaDay(now) + 1).getTime()
  return { ...cursor, limit, actorKey, machineNow, dueNow: now.getTime(), dueTomorrow }
}

/**
 * Open applications the most urgent first, all others the newest first.
 *
 * @param limit how many at the most
 */
export async function listApplications(
  db: Kysely<Schema>,
  { accountId, kind, state, ...queue }: ApplicationFilter & QueueFilter,
  limit: number,
  after?: ApplicationCursor,
  asker = NOBODY,
): Promise<ListedApplication[]> {
  const { at, applicationNo } = after ?? { at: 0, applicationNo: 0 }
  const page = pageOf(asker, limit, { at, applicationNo, accountId: accountId ?? after?.accountId ?? 0 })
  const form = { kind, state, ofAccount: accountId !== undefined, goesOn: after !== undefined }
  const isFiltered = Object.values(queue).some(Boolean)
  const rows = isFiltered
    ? await selectPage(db, { ...form, ...queue }, page).execute()
    : await statementOf(form)(db, page)
  return rows.map(toListedApplication)
}

/** How many applications are under review behind each filter. */
export interface ApplicationCounts {
  open: number
  due: Record<DueFilter, number>
  claim: Record<ClaimFilter, number>
  stage: Record<Exclude<ReviewStage, 'open'>, number>
}

/**
 * Those behind each filter by its own index.
 *
 * @param limit so many are counted at the most
 */
export async function countApplications(
  db: Kysely<Schema>,
  accountId: number | undefined,
  limit: number,
  asker: Asker,
): Promise<ApplicationCounts> {
  const page = pageOf(asker, limit, { at: 0, applicationNo: 0, accountId: accountId ?? 0 })
  const of = { kind: undefined, state: 'under_review' as const, ofAccount: accountId !== undefined }
  const count = async (filter: QueueFilter) => {
    const from = db.selectFrom('application').select('application_no').limit(limit)
    const some = filtered(db, from, { ...of, ...filter }, page).as('some')
    const counted = db.selectFrom(some).select(({ fn }) => fn.countAll<number>().as('count'))
    return Number((await counted.executeTakeFirstOrThrow()).count)
  }
  return {
    open: await count({}),
    due: {
      overdue: await count({ due: 'overdue' }),
      today: await count({ due: 'today' }),
      later: await count({ due: 'later' }),
    },
    claim: {
      mine: await count({ claim: 'mine' }),
      free: await count({ claim: 'free' }),
      others: await count({ claim: 'others' }),
    },
    stage: {
      second_opinion: await count({ stage: 'second_opinion' }),
      scheduled: await count({ stage: 'scheduled' }),
      refused: await count({ stage: 'refused' }),
    },
  }
}

/** The same of one kind, which no index knows: all in one look at what is open. */
export async function countOfKind(
  db: Kysely<Schema>,
  { accountId, kind }: { accountId: number | undefined; kind: KindName },
  limit: number,
  asker: Asker,
): Promise<ApplicationCounts> {
  const { dueNow, dueTomorrow, actorKey, machineNow } = pageOf(asker, limit, { at: 0, applicationNo: 0, accountId: 0 })
  const holds = sql`claimed_until > ${sharedNow(db, machineNow)}`
  const countIf = (condition: RawBuilder<unknown>) => sql<number>`count(case when ${condition} then 1 end)`
  let query = db
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .select([
      countIf(sql`due_at < ${dueNow}`).as('overdue'),
      countIf(sql`due_at >= ${dueNow} and due_at < ${dueTomorrow}`).as('today'),
      countIf(sql`due_at >= ${dueTomorrow}`).as('later'),
      countIf(sql`${holds} and claimed_by = ${actorKey}`).as('mine'),
      countIf(sql`not (${holds})`).as('free'),
      countIf(sql`${holds} and claimed_by <> ${actorKey}`).as('others'),
      countIf(sql`stage = 'second_opinion'`).as('second_opinion'),
      countIf(sql`stage = 'scheduled'`).as('scheduled'),
      countIf(sql`stage = 'refused'`).as('refused'),
    ])
    .where('state', '=', sql.lit('under_review'))
    .where('kind', '=', sql.lit(kind))
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  const row = await query.executeTakeFirstOrThrow()
  const at = (name: keyof typeof row) => Math.min(limit, Number(row[name]))
  return {
    open: at('open'),
    due: { overdue: at('overdue'), today: at('today'), later: at('later') },
    claim: { mine: at('mine'), free: at('free'), others: at('others') },
    stage: { second_opinion: at('second_opinion'), scheduled: at('scheduled'), refused: at('refused') },
  }
}
