import { isObject } from '@shenpi/sdk/contract/is-object'
import type { KindName } from '@shenpi/sdk/contract/states'
import { findAccount } from '../../accounts/account.store.ts'
import type { Application } from '../../applications/application.ts'
import type { AccountChange } from '../../journal/account-change.ts'
import { findShopAccess } from '../../shop-access/shop-access.store.ts'
import { countTries } from '../../tries/try.store.ts'
import { malformedOutcome, readOutcome } from './magic-text.ts'
import { type ChosenOutcome, outcomeOf } from './outcome.ts'
import { ALL_ACCOUNTS, matches, type OutcomeRule } from './outcome-rule.ts'
import type { RuleBook } from './rule-book.ts'

/** The fields of an application in which words of an outcome count, in this order. */
export const MAGIC_FIELDS = ['apply_reason', 'comment'] as const

/** The kinds that have no such field: of them the path of the shop's service tells, which its merchant sets by itself. */
export const KINDS_BY_SERVICE_PATH: readonly KindName[] = [
  'category_qualification',
  'brand_qualification',
  'shop_scene',
  'shop_registration',
]

/** What becomes of a new application, and the rule that says so, if it is one. */
type Choice = ChosenOutcome & { rule?: OutcomeRule }

/**
 * What becomes of a new application: as its texts say, or else the first rule of its account that matches, or else the first
 * of all accounts. Undefined: nothing is said of it.
 *
 * @throws Problem `outcome.malformed` when a text begins like an outcome and cannot be read
 */
export async function chooseOutcome(
  book: RuleBook,
  account: AccountChange,
  application: Application,
): Promise<Choice | undefined> {
  for (const text of await textsOf(account, application)) {
    const outcome = readOutcome(text)
    if (outcome) return { actor: 'rule:text', outcome }
  }
  const rule = await findRule(book, account, application)
  return rule && { actor: `rule:${rule.name}`, outcome: outcomeOf(rule), rule }
}

async function textsOf({ trx, accountId }: AccountChange, { kind, payload }: Application): Promise<string[]> {
  if (KINDS_BY_SERVICE_PATH.includes(kind)) {
    const { service } = await findShopAccess(trx, accountId)
    return [service?.service_agent_path ?? '']
  }
  if (!isObject(payload)) return []
  return MAGIC_FIELDS.flatMap((name) => (typeof payload[name] === 'string' ? payload[name] : []))
}

async function findRule(
  book: RuleBook,
  { trx, accountId }: AccountChange,
  application: Application,
): Promise<OutcomeRule | undefined> {
  const rules = [...(await book.rulesOf(trx, accountId)), ...(await book.rulesOf(trx, ALL_ACCOUNTS))]
  const asks = (what: 'appid' | 'try') => rules.some(({ match }) => match?.[what] !== undefined)
  const appid = asks('appid') ? ((await findAccount(trx, accountId))?.appid ?? '') : ''
  const tryNo = asks('try') ? await countTries(trx, application) : 0
  return rules.find(({ match = {} }) => matches(match, application, { appid, tryNo }))
}

/** What a header asks for. @throws Problem `outcome.malformed`, also where it holds no words of an outcome */
export function askedOutcome(header: string): Choice {
  const text = toText(header)
  if (text.includes('\0')) throw malformedOutcome(text, 'it holds U+0000, which no database stores.')
  const outcome = readOutcome(text)
  if (!outcome) throw malformedOutcome(text, '[approve], [reject:REASON] or [hold].')
  return { actor: 'rule:header', outcome }
}

/** A header holds bytes: those of UTF-8, or its characters in percents, for clients that send none but ASCII. */
function toText(header: string): string {
  const text = Buffer.from(header, 'latin1').toString()
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
