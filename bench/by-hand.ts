/**
 * What Shenpi is compared with: a bare Fastify with the same HTTP settings, and nothing between a request and its
 * answer but the statements that the answer needs, written by hand.
 *
 *   by-hand.ts constant PATH ANSWER     answers the same text to everything
 *   by-hand.ts sqlite-single FILE       a transaction of its own for every submission
 *   by-hand.ts sqlite-group FILE        submissions that arrive together share a transaction, and with it the fsync
 *   by-hand.ts postgres URL             a transaction of its own, prepared statements, as many connections as Shenpi's
 */
import { DatabaseSync } from 'node:sqlite'
import Fastify from 'fastify'
import pg from 'pg'
import type { BenchSubmission } from './submissions.ts'

/** As many as Shenpi opens. Source: server/src/db/postgres.ts. */
const POSTGRES_CONNECTIONS = 16

/** Shenpi's own settings. Source: server/src/http/app.ts. */
const app = Fastify({ exposeHeadRoutes: false, requestTimeout: 60_000, forceCloseConnections: 'idle' })

type Insert = (accountId: number, submission: BenchSubmission) => Promise<number> | number

function serveSubmissions(insert: Insert): void {
  app.post('/submit', async (request, reply) => {
    const { account } = request.query as { account: string }
    const applicationNo = await insert(Number(account), request.body as BenchSubmission)
    reply.header('content-type', 'application/json; charset=utf-8')
    return JSON.stringify({ errcode: 0, errmsg: 'ok', audit_id: `${account}-${applicationNo}`.padEnd(22, '-') })
  })
}

interface Journal {
  application_no: number
  entry_no: number
}

/** A submission's statements, in order, with the values that they need. */
const LOCK_JOURNAL = 'select application_no, entry_no from account_journal where account_id = $1'
const INSERT_APPLICATION = `insert into application (account_id, application_no, kind, subject, state, payload, version,
  applied_at, due_at, decided_at, decided_by, reason, resubmission_of)
  values ($1, $2, 'category_qualification', $3, 'under_review', $4, 1, $5, $6, null, null, '', null)`
const INSERT_PICTURE = `insert into application_picture (account_id, application_no, field, position, reference, state,
  link_key, failure, attempts, due_at, leased_until) values ($1, $2, 'license', 0, $3, 'stored', $4, null, 0, $5, 0)`
const INSERT_ENTRY = `insert into audit_entry (account_id, entry_no, application_no, at, actor, action, detail, hash)
  values ($1, $2, $3, $4, 'merchant', 'application.submit', $5, $6)`
const UPDATE_JOURNAL = `update account_journal
  set application_no = $2, entry_no = $3, delivery_no = 0, entry_hash = $4, event_time = 0 where account_id = $1`

/** As long as a SHA-256. By hand nothing is chained: that is Shenpi's to pay for. */
const HASH = 'f'.repeat(64)
const DAY_MS = 24 * 60 * 60 * 1000

function valuesOf(accountId: number, { audit_req }: BenchSubmission, journal: Journal) {
  const { category_info: category, license } = audit_req
  const applicationNo = journal.application_no + 1
  const entryNo = journal.entry_no + 1
  const at = Date.now()
  const [reference = ''] = license
  const payload = JSON.stringify(category)
  return {
    applicationNo,
    application: [accountId, applicationNo, `category:${category.level3}`, payload, at, at + 3 * DAY_MS],
    picture: [accountId, applicationNo, reference, reference.slice(-42), at],
    entry: [accountId, entryNo, applicationNo, at, JSON.stringify(audit_req), HASH],
    journal: [accountId, applicationNo, entryNo, HASH],
  }
}

function sqliteStatements(file: string) {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: true })
  db.exec('pragma journal_mode=wal; pragma synchronous=full; pragma journal_size_limit=67108864')
  const numbered = (sql: string) => db.prepare(sql.replaceAll('$', '?'))
  const lock = numbered(LOCK_JOURNAL)
  const application = numbered(INSERT_APPLICATION)
  const picture = numbered(INSERT_PICTURE)
  const entry = numbered(INSERT_ENTRY)
  const journal = numbered(UPDATE_JOURNAL)
  const insert = (accountId: number, submission: BenchSubmission) => {
    const values = valuesOf(accountId, submission, lock.get(accountId) as unknown as Journal)
    application.run(...values.application)
    picture.run(...values.picture)
    entry.run(...values.entry)
    journal.run(...values.journal)
    return values.applicationNo
  }
  return { db, insert }
}

function sqliteSingle(file: string): Insert {
  const { db, insert } = sqliteStatements(file)
  return (accountId, submission) => {
    db.exec('begin immediate')
    const applicationNo = insert(accountId, submission)
    db.exec('commit')
    return applicationNo
  }
}

function sqliteGroup(file: string): Insert {
  const { db, insert } = sqliteStatements(file)
  let group: PromiseWithResolvers<void> | undefined
  return async (accountId, submission) => {
    if (!group) {
      const opened = Promise.withResolvers<void>()
      group = opened
      db.exec('begin immediate')
      setImmediate(() => {
        group = undefined
        db.exec('commit')
        opened.resolve()
      })
    }
    const { promise } = group
    const applicationNo = insert(accountId, submission)
    await promise
    return applicationNo
  }
}

function postgres(connectionString: string): Insert {
  const { INT8 } = pg.types.builtins
  const pool = new pg.Pool({
    connectionString,
    max: POSTGRES_CONNECTIONS,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  return async (accountId, submission) => {
    const client = await pool.connect()
    const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values })
    await client.query('begin')
    const { rows } = await run('lock', `${LOCK_JOURNAL} for update`, [accountId])
    const values = valuesOf(accountId, submission, rows[0])
    await run('application', INSERT_APPLICATION, values.application)
    await run('picture', INSERT_PICTURE, values.picture)
    await run('entry', INSERT_ENTRY, values.entry)
    await run('journal', UPDATE_JOURNAL, values.journal)
    await client.query('commit')
    client.release()
    return values.applicationNo
  }
}

const [mode, place = '', answer = ''] = process.argv.slice(2)
switch (mode) {
  case 'constant':
    app.post(place, async (_request, reply) => {
      reply.header('content-type', 'application/json; charset=utf-8')
      return answer
    })
    break
  case 'sqlite-single':
    serveSubmissions(sqliteSingle(place))
    break
  case 'sqlite-group':
    serveSubmissions(sqliteGroup(place))
    break
  case 'postgres':
    serveSubmissions(postgres(place))
    break
  default:
    throw new Error(`not known: ${mode}`)
}
const url = await app.listen({ host: '127.0.0.1', port: 0 })
console.log(`ready ${url}`)
process.on('SIGTERM', () => process.exit(0))
