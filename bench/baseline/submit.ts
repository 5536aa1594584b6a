import type { FastifyInstance } from 'fastify'
import type { BenchSubmission } from '../submissions.ts'
import type { BaselineDatabase, Work } from './database.ts'

const LOCK_JOURNAL = {
  name: 'lock',
  text: 'select application_no, entry_no from account_journal where account_id = $1 for update',
}
const INSERT_APPLICATION = {
  name: 'application',
  text: `insert into application (account_id, application_no, kind, subject, state, payload, version,
    applied_at, due_at, decided_at, decided_by, reason, resubmission_of)
    values ($1, $2, 'category_qualification', $3, 'under_review', $4, 1, $5, $6, null, null, '', null)`,
}
const INSERT_PICTURE = {
  name: 'picture',
  text: `insert into application_picture (account_id, application_no, field, position, reference, state,
    link_key, failure, attempts, due_at, leased_until) values ($1, $2, 'license', 0, $3, 'stored', $4, null, 0, $5, 0)`,
}
const INSERT_ENTRY = {
  name: 'entry',
  text: `insert into audit_entry (account_id, entry_no, application_no, at, actor, action, detail, hash)
    values ($1, $2, $3, $4, 'merchant', 'application.submit', $5, $6)`,
}
const UPDATE_JOURNAL = {
  name: 'journal',
  text: `update account_journal
    set application_no = $2, entry_no = $3, delivery_no = 0, entry_hash = $4, event_time = 0 where account_id = $1`,
}

/** As long as a SHA-256. The baseline chains nothing: that is Shenpi's to pay for. */
const HASH = 'f'.repeat(64)
const DAY_MS = 24 * 60 * 60 * 1000

/** `/submit?account=ID`: only what must be on disk after a submission. */
export function serveSubmissions(app: FastifyInstance, db: BaselineDatabase): void {
  app.post('/submit', async ({ query, body }) => {
    const { account } = query as { account: string }
    const applicationNo = await db.write(insert(Number(account), body as BenchSubmission))
    return { errcode: 0, errmsg: 'ok', audit_id: `${account}-${applicationNo}`.padEnd(22, '-') }
  })
}

function* insert(accountId: number, { audit_req }: BenchSubmission): Work<number> {
  const [journal] = yield [LOCK_JOURNAL, [accountId]]
  const { category_info: category, license } = audit_req
  const applicationNo = journal.application_no + 1
  const entryNo = journal.entry_no + 1
  const at = Date.now()
  const [reference = ''] = license
  const application = [accountId, applicationNo, `category:${category.level3}`, JSON.stringify(category)]
  yield [INSERT_APPLICATION, [...application, at, at + 3 * DAY_MS]]
  yield [INSERT_PICTURE, [accountId, applicationNo, reference, reference.slice(-42), at]]
  yield [INSERT_ENTRY, [accountId, entryNo, applicationNo, at, JSON.stringify(audit_req), HASH]]
  yield [UPDATE_JOURNAL, [accountId, applicationNo, entryNo, HASH]]
  return applicationNo
}
