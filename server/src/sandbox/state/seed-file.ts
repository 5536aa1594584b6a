import { createHash } from 'node:crypto'
import { api } from '@shenpi/sdk/contract/api'
import { Time } from '@shenpi/sdk/contract/endpoint'
import { OneOf, Type } from '@shenpi/sdk/contract/schema'
import { KIND_NAMES, MOVE_NAMES } from '@shenpi/sdk/contract/states'
import { STORABLE, STORABLE_WORDS } from '@shenpi/sdk/contract/text'
import type { Static } from '@sinclair/typebox'
import { Problem } from '../../problem.ts'
import { readFault } from '../faults/read-fault.ts'
import { faultOfList } from '../outcomes/check-rule.ts'
import { type Fault, type ReadYaml, readYaml } from '../yaml-file.ts'

const words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: STORABLE_WORDS })
const text = (maxLength: number) => Type.String({ maxLength, pattern: STORABLE })

const Clock = Type.Object({ at: Type.Optional(Time), frozen: Type.Optional(Type.Boolean()) })

const Store = Type.Object({ poi_id: Type.Integer({ minimum: 1 }), business_name: words(60) })

const Page = Type.Object({
  title: words(6),
  description: words(7),
  page_url: words(500),
  icon_url: words(500),
  comment: Type.Optional(text(15)),
})

const DeviceBatch = Type.Object({
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  comment: Type.Optional(text(15)),
  poi_id: Type.Optional(Type.Integer({ minimum: 1 })),
})

const Application = Type.Object({
  kind: OneOf(KIND_NAMES),
  payload: Type.Unknown(),
  decision: Type.Optional(Type.Object({ move: OneOf(MOVE_NAMES), reason: Type.Optional(text(1000)) })),
})

const Rules = api.setOutcomeRules.body.properties.rules
const Faults = Type.Array(Type.Object({ ...api.setFault.params.properties, ...api.setFault.body.properties }), {
  maxItems: 200,
})

const Account = Type.Object({
  name: words(60),
  appid: Type.Optional(Type.String({ pattern: '^wx[0-9a-f]{16}$' })),
  original_id: Type.Optional(Type.String({ pattern: '^gh_[0-9a-f]{12}$' })),
  secret: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
  activated: Type.Optional(Type.Boolean()),
  shop: Type.Optional(Type.Boolean()),
  clock: Type.Optional(Clock),
  callback: Type.Optional(api.setCallback.body),
  stores: Type.Optional(Type.Array(Store, { maxItems: 1000 })),
  pages: Type.Optional(Type.Array(Page, { maxItems: 1000 })),
  device_batches: Type.Optional(Type.Array(DeviceBatch, { maxItems: 100 })),
  applications: Type.Optional(Type.Array(Application, { maxItems: 200 })),
  outcome_rules: Type.Optional(Rules),
  faults: Type.Optional(Faults),
})

/** What stands in a sandbox at its start, as people write it. */
export const SeedFile = Type.Object({
  clock: Type.Optional(Clock),
  categories: Type.Optional(api.importCategories.body.properties.third_cat_list),
  outcome_rules: Type.Optional(Rules),
  faults: Type.Optional(Faults),
  accounts: Type.Optional(Type.Array(Account, { maxItems: 100 })),
})

export type SeedAccount = Static<typeof Account> & { appid: string }
export type Seed = Omit<Static<typeof SeedFile>, 'accounts'> & { accounts: readonly SeedAccount[] }

/**
 * Read a seed file.
 *
 * @param name what it is called
 * @param marksMax see {@link readYaml}
 * @throws Error that names the line and the reason
 */
export function readSeed(name: string, file: string, marksMax?: number): ReadYaml<Seed> {
  const { value, refuse } = readYaml(name, file, SeedFile, faultOf, marksMax)
  const accounts = (value.accounts ?? []).map((account) => ({ ...account, appid: appidOf(account) }))
  return { value: { ...value, accounts }, refuse }
}

/** An account whose appid the file does not say has the same one each time. */
const appidOf = ({ appid, name }: Static<typeof Account>): string =>
  appid ?? `wx${createHash('sha256').update(name).digest('hex').slice(0, 16)}`

function faultOf({ accounts = [], ...shared }: Static<typeof SeedFile>): Fault | undefined {
  const first = faultOfSettings([], shared)
  if (first) return first
  for (const [place, account] of accounts.entries()) {
    const twice = accounts.findIndex((other) => appidOf(other) === appidOf(account))
    if (twice < place) return { at: ['accounts', place], why: `accounts.${twice} has this name or appid already` }
    const fault = faultOfSettings(['accounts', place], account)
    if (fault) return fault
  }
  return undefined
}

/** Of rules and faults, of an account or of all. */
function faultOfSettings(
  at: Fault['at'],
  { outcome_rules: rules = [], faults = [] }: Pick<Seed, 'outcome_rules' | 'faults'>,
): Fault | undefined {
  const fault = faultOfList(rules)
  // The rules are a list of the file itself, not a member of it.
  if (fault) return { at: [...at, 'outcome_rules', ...fault.at.slice(1)], why: fault.why }
  for (const [place, { name: _, ...given }] of faults.entries()) {
    const why = refusalOf(() => readFault(given))
    if (why !== undefined) return { at: [...at, 'faults', place], why }
  }
  return undefined
}

/** With which message a Problem refuses some work; undefined: it does not. */
export function refusalOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}
