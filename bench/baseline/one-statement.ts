import type { FastifyInstance } from 'fastify'
import type { BenchSubmission } from '../submissions.ts'
import type { BaselineDatabase, Work } from './database.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const INSERT = {
  name: 'insert',
  text: `insert into application (account_id, application_no, kind, subject, state, payload, version,
    applied_at, due_at, decided_at, decided_by, reason, resubmission_of)
    values ($1, $2, 'category_qualification', $3, 'under_review', $4, 1, $5, $6, null, null, '', null)`,
}
const UPDATE = {
  name: 'update',
  text: `update application set state = $3, version = 2, decided_at = $4, decided_by = 'bench', reason = $5
    where account_id = $1 and application_no = $2 and state = 'under_review' and version = 1`,
}
const SELECT_PAGE = {
  name: 'page',
  text: `select application.*, account.appid from application join account using (account_id)
    order by applied_at desc, account_id desc, application_no desc limit 50`,
}

/** `/insert?account=ID`: of a submission one insert. The account's number is counted in memory. */
export function serveInserts(app: FastifyInstance, db: BaselineDatabase): void {
  const numbers = new Map<number, number>()
  app.post('/insert', async ({ query, body }) => {
    const accountId = Number((query as { account: string }).account)
    const { category_info: category } = (body as BenchSubmission).audit_req
    const applicationNo = (numbers.get(accountId) ?? 0) + 1
    numbers.set(accountId, applicationNo)
    const at = Date.now()
    const subject = `category:${category.level3}`
    await db.writeOne(INSERT, [accountId, applicationNo, subject, JSON.stringify(category), at, at + 3 * DAY_MS])
    return { errcode: 0, errmsg: 'ok', audit_id: `${accountId}-${applicationNo}`.padEnd(22, '-') }
  })
}

/** `/update?account=ID&application=NUMBER`: of a decision one update. */
export function serveUpdates(app: FastifyInstance, db: BaselineDatabase): void {
  app.post('/update', async ({ query, body }) => {
    const { account, application } = query as { account: string; application: string }
    const { move, reason = '' } = body as { move: string; reason?: string }
    const state = move === 'approve' ? 'approved' : 'rejected'
    await db.writeOne(UPDATE, [Number(account), Number(application), state, Date.now(), reason])
    return { id: `${account}-${application}`, state, version: 2 }
  })
}

/** `/page`: of a list one select of 50 rows, the newest first. */
export function servePages(app: FastifyInstance, db: BaselineDatabase): void {
  app.get('/page', async () => ({ items: await db.read(selectPage()) }))
}

function* selectPage(): Work<object[]> {
  return yield [SELECT_PAGE, []]
}
