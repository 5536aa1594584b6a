import { findAccountByAppid } from '../../accounts/account.store.ts'
import { UnreadablePayload } from '../../applications/payload.ts'
import { type Category, deleteCategories, listCategories, saveCategories } from '../../categories/category.store.ts'
import { importCategories } from '../../categories/import-categories.ts'
import { isRowRefused } from '../../db/open.ts'
import type { TableRows } from '../../db/sqlite/file-rows.ts'
import { accountTransaction, transaction } from '../../db/transaction.ts'
import { Problem } from '../../problem.ts'
import { SERVER } from '../../time/account-clocks.ts'
import { assertAhead, setClock, timeOf } from '../clocks/set-clock.ts'
import { EVERY_ACCOUNT } from '../faults/fault.ts'
import { readEnd } from '../faults/read-fault.ts'
import { ALL_ACCOUNTS } from '../outcomes/outcome-rule.ts'
import { type Fault, readText } from '../yaml-file.ts'
import { insertState, replaceAccount } from './replace-state.ts'
import { type SeedParts, seedAccount, setFaults } from './seed-account.ts'
import { readSeed, refusalOf, type Seed, type SeedAccount } from './seed-file.ts'
import { deleteRows, readRows } from './state-rows.store.ts'

/** The longest seed file that is imported: longer ones would hold up all others. Unit: characters. Source: docs/sandbox-state.md. */
const SEED_FILE_MAX = 1_000_000
/** Its words, signs and gaps: about half a second of reading, in which nobody else is answered. Source: docs/sandbox-state.md. */
const SEED_MARKS_MAX = 50_000

interface SeededAccount {
  appid: string
  name: string
  /** Only of one whose secret the file does not give. */
  secret: string | null
}

/**
 * Add what a seed file says: all of it or nothing.
 *
 * @throws Problem `seed_file.invalid` with the line and the reason, `account.exists`
 */
export async function applySeedFile(parts: SeedParts, text: string): Promise<SeededAccount[]> {
  if (text.length > SEED_FILE_MAX) {
    throw new Problem('seed_file.invalid', `It has ${text.length} characters, of at most ${SEED_FILE_MAX}.`)
  }
  const { value: seed, refuse } = readOrRefuse(text)
  for (const { appid } of seed.accounts) {
    if (await findAccountByAppid(parts.db, appid)) throw new Problem('account.exists', appid)
  }
  return await applySeed(parts, seed, (fault) => invalid(refuse(fault)))
}

/**
 * Add what the seed file of `SANDBOX_SEED_FILE` says and is not there yet.
 *
 * @throws Error that names the file, the line and the reason
 */
export async function seedFromFile(parts: SeedParts, path: string): Promise<void> {
  const { value: seed, refuse } = readSeed(path, await readText(path))
  const accounts: SeedAccount[] = []
  for (const account of seed.accounts) {
    if (!(await findAccountByAppid(parts.db, account.appid))) accounts.push(account)
  }
  const isNew = accounts.length > 0 || seed.accounts.length === 0
  await applySeed(parts, isNew ? { ...seed, accounts } : { accounts }, ({ at: [list, place, ...rest], why }) => {
    if (list !== 'accounts') return refuse({ at: [list, place, ...rest].filter((step) => step !== undefined), why })
    const { appid } = accounts[Number(place)] ?? {}
    return refuse({ at: [list, seed.accounts.findIndex((account) => account.appid === appid), ...rest], why })
  })
}

/** @param refusal the error for what is refused, with its line */
async function applySeed(parts: SeedParts, seed: Seed, refusal: (fault: Fault) => Error): Promise<SeededAccount[]> {
  const fault = faultByNow(parts, seed)
  if (fault) throw refusal(fault)
  const { db, sandbox } = parts
  const { clock, categories, outcome_rules: rules, faults, accounts } = seed
  const made: number[] = []
  const undoShared = await keepShared(parts, categories ?? [])
  const seeded: SeededAccount[] = []
  let at: Fault['at'] = []
  try {
    at = ['categories']
    if (categories) await importCategories(parts, categories, 'seed')
    for (const [place, account] of accounts.entries()) {
      const enter = (...part: Fault['at']) => {
        at = ['accounts', place, ...part]
      }
      enter()
      const { secret } = await seedAccount(parts, account, (accountId) => made.push(accountId), enter)
      seeded.push({ appid: account.appid, name: account.name, secret: account.secret ? null : secret })
    }
    at = ['outcome_rules']
    if (rules) await sandbox.rules.set(ALL_ACCOUNTS, rules)
    at = ['faults']
    if (faults) await setFaults(parts, EVERY_ACCOUNT, faults)
    at = ['clock']
    if (clock) await setClock({ db, clocks: sandbox.clocks }, SERVER, toSetting(clock))
    return seeded
  } catch (error) {
    for (const accountId of made) {
      await accountTransaction(db, accountId, (trx) => replaceAccount(trx, accountId, []))
      await parts.caches.empty(accountId)
    }
    await undoShared()
    throw isRefusal(error) ? refusal({ at, why: error.message }) : error
  }
}

/** Whether what the file says is to blame. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Problem || error instanceof UnreadablePayload || (error instanceof Error && isRowRefused(error))

/** What a seed file says that cannot come any more: it is found before the first change. */
function faultByNow({ clock, sandbox: { clocks } }: SeedParts, seed: Seed): Fault | undefined {
  const settings = [
    { at: [], ...seed, now: timeOf(clocks, SERVER) },
    // A new account's clock goes with the server's.
    ...seed.accounts.map((account, place) => ({ at: ['accounts', place], ...account, now: clocks.installation() })),
  ]
  for (const { at, now, clock: set, faults = [] } of settings) {
    const { at: time } = set ?? {}
    const noTime = time === undefined ? undefined : refusalOf(() => assertAhead(now, new Date(time)))
    if (noTime !== undefined) return { at: [...at, 'clock', 'at'], why: noTime }
    for (const [place, { ends_at: end }] of faults.entries()) {
      const why = refusalOf(() => readEnd(end, clock.machine()))
      if (why !== undefined) return { at: [...at, 'faults', place, 'ends_at'], why }
    }
  }
  return undefined
}

/** The tables in which rows of all accounts stand as rows of account 0. */
const SHARED = ['sandbox_clock', 'sandbox_outcome_rule', 'sandbox_fault'] as const

/** Keep what a seed file changes that is of no account. @returns puts it back */
async function keepShared(parts: SeedParts, categories: readonly Category[]): Promise<() => Promise<void>> {
  const { db, sandbox, caches } = parts
  await sandbox.faults.write()
  const before: TableRows[] = []
  for (const table of SHARED) before.push({ table, rows: await readRows(db, table, SERVER) })
  const known = categories.length > 0 ? await listCategories(db) : []
  return async () => {
    await transaction(db, async (trx) => {
      for (const table of SHARED) await deleteRows(trx, table, SERVER)
      await insertState(trx, before)
      const ids = new Set(categories.map(({ third_cat_id: id }) => id))
      const old = known.filter(({ third_cat_id: id }) => ids.has(id))
      for (const { third_cat_id: id } of old) ids.delete(id)
      await deleteCategories(trx, [...ids])
      await saveCategories(trx, old)
    })
    await caches.empty(SERVER)
  }
}

const toSetting = ({ at, frozen }: NonNullable<Seed['clock']>) => ({
  at: at === undefined ? undefined : new Date(at),
  isFrozen: frozen,
})

function readOrRefuse(text: string) {
  try {
    return readSeed('line', text, SEED_MARKS_MAX)
  } catch (error) {
    throw invalid(error)
  }
}

const invalid = (error: unknown): Problem =>
  new Problem('seed_file.invalid', error instanceof Error ? error.message : undefined)
