import { appidIn, withoutNothing } from './filters.ts'

const SHOWN_REQUESTS = ['refused', 'unclaimed'] as const
export type ShownRequests = (typeof SHOWN_REQUESTS)[number]

/** What an address of the sandbox says: of which account, by default the first, and which of its requests, by default all. */
export interface SandboxSearch {
  appid?: string
  shown?: ShownRequests
}

export const parseSandboxSearch = ({ appid, shown }: Record<string, unknown>): SandboxSearch =>
  withoutNothing({ appid: appidIn(appid), shown: SHOWN_REQUESTS.find((each) => each === shown) })
