import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import type { Application } from '../../applications/application.ts'
import { parsePath, valuesAt } from './json-path.ts'

/** Which applications get which outcome, and when. */
export interface OutcomeRule extends Omit<ApiOutcomeRuleBody, 'position'> {
  /** Whose: an account, or {@link ALL_ACCOUNTS}. */
  accountId: number
  name: string
  position: number
  hits: number
}

/** A rule as it is asked for. */
export type NamedRule = ApiOutcomeRuleBody & { name: string }

/** The key of the rules of all accounts together: no account has it. */
export const ALL_ACCOUNTS = 0

type Match = NonNullable<ApiOutcomeRuleBody['match']>
type FieldMatch = NonNullable<Match['fields']>[number]

/** What a rule may ask that does not stand in the application itself. */
export interface Circumstances {
  appid: string
  /** Among the applications about the same, 1 being the first. */
  tryNo: number
}

export function matches(
  match: Match,
  application: Pick<Application, 'kind' | 'payload'>,
  { appid, tryNo }: Circumstances,
): boolean {
  if (match.kinds && !match.kinds.includes(application.kind)) return false
  if (match.appid !== undefined && match.appid !== appid) return false
  if (match.try !== undefined && match.try !== tryNo) return false
  return (match.fields ?? []).every((field) => matchesField(field, application.payload))
}

const matchesField = (field: FieldMatch, payload: unknown): boolean =>
  valuesAt(payload, parsePath(field.path) ?? []).some((value) => fits(field, value))

function fits({ equals, contains, at_least, at_most }: FieldMatch, value: unknown): boolean {
  if (equals !== undefined && value !== equals) return false
  if (contains !== undefined && !(isListOrText(value) && value.includes(contains))) return false
  if (at_least !== undefined && !(typeof value === 'number' && value >= at_least)) return false
  return at_most === undefined || (typeof value === 'number' && value <= at_most)
}

const isListOrText = (value: unknown): value is string | unknown[] => typeof value === 'string' || Array.isArray(value)
