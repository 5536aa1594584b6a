import type { ApiTrailEntry } from '@shenpi/sdk/contract/api'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { ROLES } from '@shenpi/sdk/contract/states'
import { useActorName } from './use-actor-name.ts'
import { useDates } from './use-dates.ts'
import { useText } from './use-text.ts'
import { useTrailText } from './use-trail-text.ts'

const SHOWN_MAX = 200

/** What an entry says, as a sentence goes on behind who did it. A newer server may do what has no words yet. */
export function useEntryWords(): (entry: ApiTrailEntry) => string {
  const text = useTrailText()
  const { staff, states } = useText()
  const nameOf = useActorName()
  const dates = useDates()
  const rolesOf = (names: readonly unknown[]) =>
    ROLES.filter((role) => names.includes(role))
      .map((role) => staff.roles[role])
      .join(text.comma)
  const wordOf = (name: string, value: unknown): string => {
    if (value === null || value === undefined) return '—'
    if (name === 'roles' && Array.isArray(value)) return rolesOf(value)
    const word = String(value)
    if (/^\d{4}-\d\d-\d\dT/.test(word)) return dates.short(word)
    if (name === 'by') return nameOf(word)
    const kinds: Readonly<Record<string, string>> = states.kinds
    return (name === 'kind' && kinds[word]) || word.slice(0, SHOWN_MAX)
  }
  return ({ action, detail }) => {
    const template = text.actions[action]
    if (template === undefined) return text.other(action)
    const members = isObject(detail) ? detail : {}
    const isWithout = template.includes('{reason}') && !members.reason
    const shown = isWithout ? template.replace(/[:：]\s*\{reason\}/, '') : template
    return shown.replace(/\{(\w+)\}/g, (_, name: string) => wordOf(name, members[name]))
  }
}
