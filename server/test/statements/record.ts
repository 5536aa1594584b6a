import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { DefaultQueryCompiler } from 'kysely'
import { STATEMENT_CHANNEL, type ToldStatement } from '../../src/db/engine.ts'
import { type Accounts, accountsOf, namedAccounts } from './accounts-of.ts'
import { senderOf } from './sender.ts'

// Notes every statement that this process sends and that is not a test's own: once as it is first sent, and once when it is
// sent for several accounts. At once, because servers of tests are killed. A test that opens a database loads it with
// databases.ts, a program that a test starts by preload.js.

/** A statement as it was sent. */
export interface Sent extends ToldStatement {
  sender: string
}

/** Enough for the layers of Kysely and a use case. */
const FRAMES = 30
/** A test that sends a statement so often goes on doing so. */
const LOOKS_MAX = 100

const file = join(process.env.STATEMENTS_DIR ?? '', `${process.pid}.jsonl`)
const senders = new Map<string, string>()
const looks = new Map<string, number>()
const noted = new Map<string, { accounts: Accounts; crosses: boolean }>()

if (process.env.STATEMENTS_DIR) listen()

function listen(): void {
  // Only here a statement and those who call for it are together: it is sent steps later.
  const compile = DefaultQueryCompiler.prototype.compileQuery
  DefaultQueryCompiler.prototype.compileQuery = function (...query) {
    const compiled = compile.apply(this, query)
    noteSender(compiled.sql)
    return compiled
  }
  subscribe(STATEMENT_CHANNEL, (message) => noteStatement(message as ToldStatement))
}

function noteSender(sql: string): void {
  const looked = looks.get(sql) ?? 0
  if (senders.has(sql) || looked === LOOKS_MAX) return
  looks.set(sql, looked + 1)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = FRAMES
  const sender = senderOf(new Error().stack ?? '')
  Error.stackTraceLimit = limit
  if (sender) senders.set(sql, sender)
}

function noteStatement({ sql, parameters }: ToldStatement): void {
  const sender = senders.get(sql)
  if (!sender) return
  let known = noted.get(sql)
  if (known?.crosses) return
  const isNew = !known
  known ??= { accounts: accountsOf(sql), crosses: false }
  noted.set(sql, known)
  known.crosses = namedAccounts(known.accounts.places, parameters).size > 1
  if (isNew || known.crosses) appendFileSync(file, `${JSON.stringify({ sql, parameters, sender } satisfies Sent)}\n`)
}
