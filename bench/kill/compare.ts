import { hashSecret } from '../../server/src/accounts/secret.ts'
import type { Database } from '../../server/src/db/open.ts'
import { verifyTrail } from '../../server/src/journal/verify-trail.ts'
import { TOKEN_OVERLAP_S } from '../../server/src/tokens/access-token.ts'
import type { ReceivedCallback } from '../../server/test/receiver.ts'
import type { Acknowledged } from './acknowledged.ts'

/** Counts that must be zero, by name. */
export const LOSSES = [
  'missing',
  'device IDs twice',
  'ledger faults',
  'decided without delivery',
  'audit faults',
  'never delivered',
  'repeats that differ',
] as const
export type Loss = { of: (typeof LOSSES)[number]; what: string }

/** Compare what was acknowledged with what the database holds. */
export async function compareDatabase(db: Database, acknowledged: Acknowledged): Promise<Loss[]> {
  return [
    ...(await missing(db, acknowledged)),
    ...(await deviceFaults(db)),
    ...(await undelivered(db)),
    ...(await auditFaults(db)),
  ]
}

async function missing(db: Database, acknowledged: Acknowledged): Promise<Loss[]> {
  const rows = await db.selectFrom('application').select(['account_id', 'application_no', 'state']).execute()
  const stored = new Map(rows.map((row) => [`${row.account_id}-${row.application_no}`, row.state]))
  const hashes = new Set(
    (await db.selectFrom('access_token').select('token_hash').execute()).map(({ token_hash }) => token_hash),
  )
  const losses: Loss[] = []
  for (const [id, state] of acknowledged.applications) {
    const found = stored.get(id)
    // One that was answered as under review may have been decided since, by a request that got no answer.
    if (!found) losses.push({ of: 'missing', what: `application ${id}` })
    else if (state !== 'under_review' && found !== state) {
      losses.push({ of: 'missing', what: `application ${id} was answered as ${state} and is ${found}` })
    }
  }
  for (const { accountId, token } of acknowledged.tokensKept(TOKEN_OVERLAP_S * 1000)) {
    if (!hashes.has(hashSecret(token))) losses.push({ of: 'missing', what: `a token of account ${accountId}` })
  }
  return losses
}

/** Ranges that overlap, and counts that do not agree: batches, quotas, the ledger, approved applications. */
async function deviceFaults(db: Database): Promise<Loss[]> {
  const losses: Loss[] = []
  const fault = (what: string) => losses.push({ of: 'ledger faults', what })
  const batches = await db.selectFrom('device_batch').selectAll().orderBy('first_device_id').execute()
  const allocated = new Map<number, number>()
  let last = 0
  for (const batch of batches) {
    const { account_id: accountId, first_device_id: first } = batch
    if (first <= last) losses.push({ of: 'device IDs twice', what: `from ${first} on, account ${accountId}` })
    last = Math.max(last, batch.last_device_id)
    const before = allocated.get(accountId) ?? 0
    if (batch.account_offset !== before)
      fault(`the batch from ${first} on begins at ${batch.account_offset}, not ${before}`)
    allocated.set(accountId, before + batch.last_device_id - first + 1)
  }
  const quotas = await db.selectFrom('device_quota').selectAll().execute()
  for (const quota of quotas) {
    const sum = allocated.get(quota.account_id) ?? 0
    if (sum !== quota.allocated) fault(`account ${quota.account_id} has ${sum}, its quota says ${quota.allocated}`)
  }
  const ledger = await db.selectFrom('device_ledger').select('next_device_id').executeTakeFirstOrThrow()
  if (ledger.next_device_id !== last + 1)
    fault(`the ledger goes on at ${ledger.next_device_id}, the batches end at ${last}`)

  const granted = new Map(batches.map((batch) => [`${batch.account_id}-${batch.application_no}`, batch]))
  const approved = await db
    .selectFrom('application')
    .selectAll()
    .where('kind', '=', 'device_batch')
    .where('state', '=', 'approved')
    .execute()
  for (const { account_id, application_no, payload } of approved) {
    const batch = granted.get(`${account_id}-${application_no}`)
    const quantity = batch ? batch.last_device_id - batch.first_device_id + 1 : 0
    if (quantity !== JSON.parse(payload).quantity) fault(`batch ${account_id}-${application_no} was given ${quantity}`)
  }
  if (granted.size !== approved.length) fault(`${granted.size} batches, ${approved.length} approved applications`)
  return losses
}

/** Decided applications of the kind that announces its outcome, without a delivery. */
async function undelivered(db: Database): Promise<Loss[]> {
  const decided = await db
    .selectFrom('application')
    .leftJoin('callback_delivery', (join) =>
      join
        .onRef('callback_delivery.account_id', '=', 'application.account_id')
        .onRef('callback_delivery.application_no', '=', 'application.application_no'),
    )
    .select(['application.account_id', 'application.application_no', 'callback_delivery.delivery_no'])
    .where('application.kind', '=', 'category_qualification')
    .where('application.state', '!=', 'under_review')
    .where('callback_delivery.delivery_no', 'is', null)
    .execute()
  return decided.map(({ account_id, application_no }) => ({
    of: 'decided without delivery',
    what: `application ${account_id}-${application_no}`,
  }))
}

async function auditFaults(db: Database): Promise<Loss[]> {
  const { faults } = await verifyTrail(db)
  return faults.map(({ accountId, entryNo, fault }) => ({
    of: 'audit faults',
    what: `account ${accountId}, entry ${entryNo}: ${fault}`,
  }))
}

/** Compare what the merchants' server received with the deliveries, all of which have had an attempt by now. */
export async function compareReceived(db: Database, received: readonly ReceivedCallback[]): Promise<Loss[]> {
  const losses: Loss[] = []
  const messages = new Map<string, string>()
  for (const { message } of received) {
    const id = idOf(message)
    const said = JSON.stringify(message)
    const before = messages.get(id)
    if (before !== undefined && before !== said)
      losses.push({ of: 'repeats that differ', what: `${before} and ${said}` })
    messages.set(id, said)
  }
  const deliveries = await db.selectFrom('callback_delivery').selectAll().execute()
  for (const { account_id, application_no, state, message } of deliveries) {
    const isReceived = messages.has(idOf(JSON.parse(message)))
    if (state !== 'delivered' || !isReceived) {
      losses.push({ of: 'never delivered', what: `${account_id}-${application_no}: ${state}, received: ${isReceived}` })
    }
  }
  return losses
}

/** How a merchant tells a message from others. Source: docs/protocol/callbacks.md, repeats. */
const idOf = ({ ToUserName, FromUserName, CreateTime }: Record<string, unknown>) =>
  `${ToUserName} ${FromUserName} ${CreateTime}`
