/**
 * What Shenpi is compared with: a bare Fastify with the same HTTP settings, and nothing between a request and its
 * answer but the statements that the answer needs, as short as they can be: the baseline.
 *
 *   main.ts constant PATH ANSWER        answers the same text to everything
 *   main.ts callbacks                   takes callbacks
 *   main.ts TASK DATABASE PLACE         TASK: status, search, submit, bind-pages, insert-one, update-one, page-50
 *                                       DATABASE: sqlite-single, sqlite-group, postgres (see `database.ts`)
 *                                       PLACE: SQLite's file, PostgreSQL's URL
 */
import Fastify, { type FastifyInstance } from 'fastify'
import { serveBindings } from './bind-pages.ts'
import { serveCallbacks } from './callbacks.ts'
import { type BaselineDatabase, postgres, sqlite } from './database.ts'
import { serveInserts, servePages, serveUpdates } from './one-statement.ts'
import { serveSearches } from './search.ts'
import { serveStatus } from './status.ts'
import { serveSubmissions } from './submit.ts'

const TASKS: Record<string, (app: FastifyInstance, db: BaselineDatabase) => void> = {
  status: serveStatus,
  search: serveSearches,
  submit: serveSubmissions,
  'bind-pages': serveBindings,
  'insert-one': serveInserts,
  'update-one': serveUpdates,
  'page-50': servePages,
}

/** Shenpi's own settings. Source: server/src/http/app.ts. */
const app = Fastify({ exposeHeadRoutes: false, requestTimeout: 60_000, forceCloseConnections: 'idle' })

const [task = '', ...rest] = process.argv.slice(2)
if (task === 'constant') {
  const [path = '', answer = ''] = rest
  app.post(path, async (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8')
    return answer
  })
} else if (task === 'callbacks') {
  serveCallbacks(app)
} else {
  const [database = '', place = ''] = rest
  const serve = TASKS[task]
  if (!serve) throw new Error(`not known: ${task}`)
  serve(app, database === 'postgres' ? postgres(place) : sqlite(place, { inGroups: database === 'sqlite-group' }))
}
const url = await app.listen({ host: '127.0.0.1', port: 0 })
console.log(`ready ${url}`)
process.on('SIGTERM', () => process.exit(0))
