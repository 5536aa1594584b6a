import {
  APPLICATION_STATES,
  type ApplicationState,
  CLAIM_FILTERS,
  type ClaimFilter,
  DUE_FILTERS,
  type DueFilter,
  KIND_NAMES,
  type KindName,
  REVIEW_STAGES,
  type ReviewStage,
} from '@shenpi/sdk/contract/states'

/** What the queue shows, as the URL says it. Without a state: what is under review. */
export interface Filters {
  kind?: KindName
  state?: ApplicationState
  due?: DueFilter
  claim?: ClaimFilter
  stage?: ReviewStage
  appid?: string
  /** What is looked for, in place of a list. */
  q?: string
}

const SOUGHT_MAX = 254

/** What a URL holds that is no filter is left out. */
export function parseFilters(search: { readonly [Name in keyof Filters]?: unknown }): Filters {
  const state = oneOf(APPLICATION_STATES, search.state)
  const isOpen = state === undefined || state === 'under_review'
  return withoutNothing({
    kind: oneOf(KIND_NAMES, search.kind),
    state: isOpen ? undefined : state,
    // When it is due and who has claimed it is asked of what is under review.
    due: isOpen ? oneOf(DUE_FILTERS, search.due) : undefined,
    claim: isOpen ? oneOf(CLAIM_FILTERS, search.claim) : undefined,
    stage: isOpen ? oneOf(REVIEW_STAGES, search.stage) : undefined,
    appid: appidIn(search.appid),
    q: textIn(search.q, SOUGHT_MAX),
  })
}

export const hasFilters = (filters: object): boolean => Object.values(filters).some((value) => value !== undefined)

export const isAppid = (text: string): boolean => /^wx[0-9a-f]{16}$/.test(text)

export const appidIn = (sought: unknown): string | undefined =>
  typeof sought === 'string' && isAppid(sought) ? sought : undefined

/** A text of a URL, which may look like a number there. */
export const textIn = (sought: unknown, max: number): string | undefined =>
  sought === undefined ? undefined : String(sought).trim().slice(0, max) || undefined

export const oneOf = <Name extends string>(names: readonly Name[], sought: unknown): Name | undefined =>
  names.find((name) => name === sought)

export const withoutNothing = <Of extends object>(filters: Of): Of =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Of
