import type { FastifyInstance } from 'fastify'
import type { Binding } from '../bind-pages.ts'
import type { BaselineDatabase, Work } from './database.ts'

const SELECT_BATCH = {
  name: 'batch',
  text: `select first_device_id from device_batch where account_id = $1 and last_device_id >= $2
    order by last_device_id limit 1`,
}
const LOCK_JOURNAL = {
  name: 'lock',
  text: 'select account_id from account_journal where account_id = $1 for update',
}
const SELECT_PAGES = { name: 'pages', text: 'select page_id from page where account_id = $1 and page_id in ($2, $3)' }
const DELETE_BINDINGS = { name: 'delete', text: 'delete from device_page where account_id = $1 and device_id = $2' }
const INSERT_BINDINGS = {
  name: 'insert',
  text: 'insert into device_page (account_id, device_id, page_id) values ($1, $2, $3), ($1, $2, $4)',
}

/** `/bind-pages?account=ID`: two pages in place of those that the device has. */
export function serveBindings(app: FastifyInstance, db: BaselineDatabase): void {
  app.post('/bind-pages', async ({ query, body }) => {
    const { account } = query as { account: string }
    const { device_identifier, page_ids } = body as Binding
    const device = [Number(account), device_identifier.device_id] as const
    await db.read(requireOwn(...device))
    await db.write(bind(...device, page_ids))
    return { data: {}, errcode: 0, errmsg: 'success.' }
  })
}

function* requireOwn(accountId: number, deviceId: number): Work<void> {
  const [batch] = yield [SELECT_BATCH, [accountId, deviceId]]
  if (batch.first_device_id > deviceId) throw new Error('not its device')
}

function* bind(accountId: number, deviceId: number, pageIds: readonly [number, number]): Work<void> {
  yield [LOCK_JOURNAL, [accountId]]
  const pages = yield [SELECT_PAGES, [accountId, ...pageIds]]
  if (pages.length !== pageIds.length) throw new Error('not its pages')
  yield [DELETE_BINDINGS, [accountId, deviceId]]
  yield [INSERT_BINDINGS, [accountId, deviceId, ...pageIds]]
}
