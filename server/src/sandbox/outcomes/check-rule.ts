import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import { findField } from '@shenpi/sdk/contract/kind-fields'
import { KIND_NAMES } from '@shenpi/sdk/contract/states'
import { whyNoReason } from '../../applications/application.ts'
import { parsePath } from './json-path.ts'
import type { NamedRule } from './outcome-rule.ts'

/** What is wrong with a rule, and where in it. */
export interface RuleFault {
  /** Names of members, from the rule to the faulty one. */
  at: readonly (string | number)[]
  why: string
}

/** The first thing for which a rule of the right shape cannot be applied; undefined: it can. */
export const faultOf = (rule: NamedRule): RuleFault | undefined =>
  faultOfName(rule) ?? faultOfFields(rule) ?? faultOfTime(rule) ?? faultOfOutcome(rule)

/** The others decide by the same mechanism: `rule:header`, `rule:text`. */
function faultOfName({ name }: NamedRule): RuleFault | undefined {
  return name === 'header' || name === 'text' ? { at: ['name'], why: `${name} is not for a rule` } : undefined
}

function faultOfFields({ match = {} }: ApiOutcomeRuleBody): RuleFault | undefined {
  for (const [place, { path, ...holds }] of (match.fields ?? []).entries()) {
    const at = ['match', 'fields', place]
    if (!parsePath(path)) return { at: [...at, 'path'], why: `${path} is no path like base_info.city or license[0]` }
    if (Object.keys(holds).length === 0) return { at, why: 'say one of equals, contains, at_least, at_most' }
  }
  return undefined
}

function faultOfTime({ when = {}, outcome }: ApiOutcomeRuleBody): RuleFault | undefined {
  const given = Object.keys(when)
  if (given.length > 1) return { at: ['when', given[1] ?? ''], why: `one of ${given.join(' and ')}` }
  if (given.length > 0 && outcome.move === 'leave')
    return { at: ['when'], why: 'what is left to the staff has no time' }
  return undefined
}

function faultOfOutcome({ match = {}, outcome }: ApiOutcomeRuleBody): RuleFault | undefined {
  const { move, reason = '', fields = [] } = outcome
  const noReason = whyNoReason({ move: move === 'leave' ? 'approve' : move, reason })
  if (noReason) return { at: ['outcome', 'reason'], why: noReason.message }
  if (fields.length > 0 && move !== 'reject') return { at: ['outcome', 'fields'], why: 'a rejection names fields' }
  const kinds = match.kinds ?? KIND_NAMES
  const place = fields.findIndex((name) => !kinds.some((kind) => findField(kind, name)))
  if (place === -1) return undefined
  return { at: ['outcome', 'fields', place], why: `${fields[place]} is no field of ${kinds.join(', ')}` }
}

/** The same for a list of rules, each of which has a name of its own. */
export function faultOfList(rules: readonly NamedRule[]): RuleFault | undefined {
  for (const [place, rule] of rules.entries()) {
    const fault = faultOf(rule)
    if (fault) return { at: ['rules', place, ...fault.at], why: fault.why }
    const first = rules.findIndex(({ name }) => name === rule.name)
    if (first !== place) return { at: ['rules', place, 'name'], why: `rule ${first + 1} has the same name` }
  }
  return undefined
}

/** A place in a rule, as people write it. @example 'match.fields[0].path' */
export const toPlace = (at: RuleFault['at']): string =>
  at
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
