import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { preparedByForm } from '../db/statements.ts'
import { type DeliveryKey, type ListedDelivery, toListedDelivery } from './delivery.store.ts'

interface WhoseDeliveries {
  accountId?: number | undefined
  applicationNo?: number | undefined
}

/** Where a list goes on: the key of the last delivery of the page before. */
export type DeliveryCursor = DeliveryKey & { at: number }

interface Page extends DeliveryCursor {
  applicationNo: number
  limit: number
}

/** What the statement of a page depends on besides its parameters. */
interface PageForm {
  ofAccount: boolean
  ofApplication: boolean
  goesOn: boolean
}

function selectPage(db: Kysely<Schema>, { ofAccount, ofApplication, goesOn }: PageForm, page: Page) {
  let query = db
    .selectFrom('callback_delivery')
    .select(['account_id', 'delivery_no', 'application_no', 'event', 'state', 'attempts'])
    .select(['created_at', 'started_at', 'due_at', 'delivered_at'])
    .limit(page.limit)
  if (ofApplication) query = query.where('application_no', '=', page.applicationNo)
  if (ofAccount) {
    // Within an account the numbers are in the order of time, and the key's index serves.
    query = query.where('account_id', '=', page.accountId).orderBy('delivery_no', 'desc')
    return goesOn ? query.where('delivery_no', '<', page.deliveryNo) : query
  }
  query = query.orderBy('created_at', 'desc').orderBy('account_id', 'desc').orderBy('delivery_no', 'desc')
  if (!goesOn) return query
  return query.where(({ eb, refTuple, tuple }) =>
    eb(refTuple('created_at', 'account_id', 'delivery_no'), '<', tuple(page.at, page.accountId, page.deliveryNo)),
  )
}

const statementOf = preparedByForm(selectPage)

/** The newest first. @param limit how many at the most */
export async function listNewestDeliveries(
  db: Kysely<Schema>,
  { accountId, applicationNo }: WhoseDeliveries,
  limit: number,
  after?: DeliveryCursor,
): Promise<ListedDelivery[]> {
  const ofAccount = accountId !== undefined
  const ofApplication = applicationNo !== undefined
  const selectPage = statementOf({ ofAccount, ofApplication, goesOn: after !== undefined })
  const { at, deliveryNo } = after ?? { at: 0, deliveryNo: 0 }
  const rows = await selectPage(db, {
    limit,
    at,
    deliveryNo,
    applicationNo: applicationNo ?? 0,
    accountId: accountId ?? after?.accountId ?? 0,
  })
  return rows.map(toListedDelivery)
}
