import { findAccountByAppid } from '../../accounts/account.store.ts'
import { importCategories } from '../../categories/import-categories.ts'
import { accountTransaction } from '../../db/transaction.ts'
import { Problem } from '../../problem.ts'
import { SERVER } from '../../time/account-clocks.ts'
import { setClock } from '../clocks/set-clock.ts'
import { EVERY_ACCOUNT } from '../faults/fault.ts'
import { ALL_ACCOUNTS } from '../outcomes/outcome-rule.ts'
import { readText } from '../yaml-file.ts'
import { replaceAccount } from './replace-state.ts'
import { type SeedParts, seedAccount, setFaults } from './seed-account.ts'
import { readSeed, type Seed, type SeedAccount } from './seed-file.ts'

/** The longest seed file that is imported: longer ones would hold up all others. Unit: characters. Source: docs/sandbox-state.md. */
const SEED_FILE_MAX = 1_000_000

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
  return await applySeed(parts, seed, (place, error) => {
    const why = error instanceof Problem ? error.message : undefined
    return why === undefined ? error : invalid(refuse({ at: ['accounts', place], why }))
  })
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
  await applySeed(parts, isNew ? { ...seed, accounts } : { accounts }, (place, error) => {
    const at = ['accounts', seed.accounts.findIndex(({ appid }) => appid === accounts[place]?.appid)]
    return error instanceof Problem ? refuse({ at, why: error.message }) : error
  })
}

async function applySeed(
  parts: SeedParts,
  { clock, categories, outcome_rules: rules, faults, accounts }: Seed,
  refusal: (place: number, error: unknown) => unknown,
): Promise<SeededAccount[]> {
  const { db, sandbox } = parts
  if (categories) await importCategories(parts, categories, 'seed')
  const made: number[] = []
  const seeded: SeededAccount[] = []
  for (const [place, account] of accounts.entries()) {
    try {
      const { secret } = await seedAccount(parts, account, (accountId) => made.push(accountId))
      seeded.push({ appid: account.appid, name: account.name, secret: account.secret ? null : secret })
    } catch (error) {
      for (const accountId of made) {
        await accountTransaction(db, accountId, (trx) => replaceAccount(trx, accountId, []))
        await parts.caches.empty(accountId)
      }
      throw refusal(place, error)
    }
  }
  if (rules) await sandbox.rules.set(ALL_ACCOUNTS, rules)
  if (faults) await setFaults(parts, EVERY_ACCOUNT, faults)
  if (clock) await setClock({ db, clocks: sandbox.clocks }, SERVER, toSetting(clock))
  return seeded
}

const toSetting = ({ at, frozen }: NonNullable<Seed['clock']>) => ({
  at: at === undefined ? undefined : new Date(at),
  isFrozen: frozen,
})

function readOrRefuse(text: string) {
  try {
    return readSeed('line', text)
  } catch (error) {
    throw invalid(error)
  }
}

const invalid = (error: unknown): Problem =>
  new Problem('seed_file.invalid', error instanceof Error ? error.message : undefined)
