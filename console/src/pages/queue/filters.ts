import { APPLICATION_STATES, type ApplicationState, KIND_NAMES, type KindName } from '@shenpi/sdk/contract/states'

/** What the queue shows, as the URL says it. Without a state: what is under review. */
export interface Filters {
  kind?: KindName
  state?: ApplicationState
  appid?: string
}

/** What a URL holds that is no filter is left out. */
export function parseFilters(search: Record<string, unknown>): Filters {
  const kind = KIND_NAMES.find((name) => name === search.kind)
  const state = APPLICATION_STATES.find((name) => name === search.state)
  const appid = typeof search.appid === 'string' && /^wx[0-9a-f]{16}$/.test(search.appid) ? search.appid : undefined
  return { ...(kind && { kind }), ...(state && state !== 'under_review' && { state }), ...(appid && { appid }) }
}

export const hasFilters = (filters: Filters): boolean => Object.values(filters).some((value) => value !== undefined)
