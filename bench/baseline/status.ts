import type { FastifyInstance } from 'fastify'
import type { BaselineDatabase, Work } from './database.ts'

const SELECT_APPLICATION = {
  name: 'application',
  text: 'select * from application where account_id = $1 and application_no = $2',
}

/** `/status?account=ID`: one read by key, and the answer of device/applystatus. */
export function serveStatus(app: FastifyInstance, db: BaselineDatabase): void {
  app.post('/status', async ({ query, body }) => {
    const { account } = query as { account: string }
    const { apply_id: applyId } = body as { apply_id: number }
    const data = await db.read(readStatus(Number(account), applyId))
    return { data, errcode: 0, errmsg: 'success.' }
  })
}

function* readStatus(accountId: number, applicationNo: number): Work<object> {
  const [row] = yield [SELECT_APPLICATION, [accountId, applicationNo]]
  return {
    apply_time: Math.floor(row.applied_at / 1000),
    audit_comment: row.state,
    audit_status: 2,
    audit_time: Math.floor(row.decided_at / 1000),
  }
}
