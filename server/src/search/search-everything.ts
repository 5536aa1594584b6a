import { checkCreditCode } from '@shenpi/sdk/contract/credit-code'
import type { SearchMatch } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { findAccountByAppid } from '../accounts/account.store.ts'
import { type AccountName, listAccountsNamed } from '../accounts/account-name.store.ts'
import { findApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import { type ApplicationKey, parseApplicationId, toApplicationId, toAuditId } from '../applications/application-id.ts'
import type { Schema } from '../db/schema.ts'
import { findSharing } from '../signals/find-sharing.ts'
import { normalizeName, normalizePhone, normalizeText, type Trace } from '../traces/trace.ts'

/** What was found, and what of it is as was asked. */
export interface Found {
  accounts: (AccountName & { match: SearchMatch })[]
  applications: (Application & { match: SearchMatch })[]
  more: boolean
}

/** What is told at the most. Our choice: who sees as many asks for less. */
const ACCOUNTS_MAX = 10
const APPLICATIONS_MAX = 30
const APPLICATIONS_OF_ACCOUNT_MAX = 5

/** The fewest digits that are looked for as a phone. */
const PHONE_DIGITS_MIN = 5

/** Find accounts by appid and name, applications by their ids and traces. What is asked may be several of these. */
export async function searchEverything(db: Kysely<Schema>, asked: string): Promise<Found> {
  const text = asked.trim()
  const [byAppid, named, byId, traced] = await Promise.all([
    /^wx[0-9a-f]{16}$/i.test(text) ? findAccountByAppid(db, text.toLowerCase()) : undefined,
    listAccountsNamed(db, text, ACCOUNTS_MAX + 1),
    findById(db, text),
    Promise.all(tracesIn(text).map((trace) => findByTrace(db, trace))),
  ])
  const matches = unique(traced.flatMap(({ found }) => found))
  const keys = matches.slice(0, APPLICATIONS_MAX)
  const applications = await Promise.all(
    keys.map(async ({ match, ...key }) => {
      const application = await findApplication(db, key)
      return application ? [{ ...application, match }] : []
    }),
  )
  return {
    accounts: [
      ...(byAppid ? [{ ...byAppid, match: 'appid' as const }] : []),
      ...named.slice(0, ACCOUNTS_MAX).map((account) => ({ ...account, match: 'name' as const })),
    ],
    applications: [...byId, ...applications.flat()],
    more: named.length > ACCOUNTS_MAX || matches.length > APPLICATIONS_MAX || traced.some(({ more }) => more),
  }
}

type Match = ApplicationKey & { match: SearchMatch }

async function findById(db: Kysely<Schema>, text: string): Promise<(Application & { match: SearchMatch })[]> {
  const key = parseApplicationId(text)
  const application = key && (await findApplication(db, key))
  if (!application) return []
  return [{ ...application, match: text === toAuditId(key) && text !== toApplicationId(key) ? 'audit_id' : 'id' }]
}

/** The traces that a text may be. */
function tracesIn(text: string): Trace[] {
  const traces: Trace[] = []
  const phone = /^[+\d\s()-]+$/.test(text.normalize('NFKC')) ? normalizePhone(text) : ''
  if (phone.length >= PHONE_DIGITS_MIN) traces.push({ kind: 'phone', value: phone })
  if (text.includes('@')) traces.push({ kind: 'email', value: normalizeText(text) })
  const licence = checkCreditCode(text)
  if (!licence.fault) traces.push({ kind: 'licence', value: licence.code })
  if (/^[0-9a-f]{64}$/i.test(text)) traces.push({ kind: 'picture', value: text.toLowerCase() })
  if (traces.length === 0 && normalizeName(text)) traces.push({ kind: 'contact', value: normalizeName(text) })
  return traces
}

/** Few of each account before the rest of any, so that one with very many hides no other. */
async function findByTrace(db: Kysely<Schema>, trace: Trace): Promise<{ found: Match[]; more: boolean }> {
  const few = { max: APPLICATIONS_MAX + 1, ofAccountMax: APPLICATIONS_OF_ACCOUNT_MAX }
  const { applications, surplus, more } = await findSharing(db, trace, few)
  const found = [...applications, ...surplus].map(({ accountId, applicationNo }) => ({
    accountId,
    applicationNo,
    match: trace.kind,
  }))
  return { found, more }
}

const unique = (matches: readonly Match[]): Match[] => [
  ...new Map(matches.map((match) => [toApplicationId(match), match])).values(),
]
