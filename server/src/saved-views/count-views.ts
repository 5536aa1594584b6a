import { VIEWED_APPLICATIONS_MAX } from '@shenpi/sdk/contract/api'
import { findAccountByAppid } from '../accounts/account.store.ts'
import type { Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import type { Clock } from '../time/clock.ts'
import { readSeldom } from '../time/read-seldom.ts'
import { listOpenGroups, type OpenGroup } from './open-group.store.ts'
import type { SavedView, ViewFilters } from './saved-view.ts'

/** How long a look at what is open serves everybody. Unit: milliseconds. */
const KEPT_MS = 3000
/** Of one account so many are looked at. */
const OF_ACCOUNT_MAX = 1000

export interface ViewCount {
  viewNo: number
  /** Null: what is decided is not counted. */
  count: number | null
  /** Not all that is open was looked at. */
  more: boolean
}

/** Counts what stands behind views: one look at what is open serves all views and, for a while, everybody. */
export class ViewCounter {
  readonly #db: Database
  readonly #clock: Clock
  readonly #ofAll: () => Promise<OpenGroup[]>

  constructor({ db, clock, caches }: { db: Database; clock: Clock; caches: Caches }) {
    this.#db = db
    this.#clock = clock
    this.#ofAll = readSeldom({ clock, caches }, KEPT_MS, () => listOpenGroups(db, clock, VIEWED_APPLICATIONS_MAX))
  }

  /** @param actorKey who asks: claims are theirs or others’ */
  async count(views: readonly SavedView[], actorKey: string): Promise<ViewCount[]> {
    const ofAccounts = new Map<string, Promise<OpenGroup[]>>()
    return await Promise.all(
      views.map(async ({ viewNo, filters }) => {
        const { appid, state = 'under_review' } = filters
        if (state !== 'under_review') return { viewNo, count: null, more: false }
        if (!appid) return { viewNo, ...sumOf(await this.#ofAll(), filters, actorKey, VIEWED_APPLICATIONS_MAX) }
        const groups = ofAccounts.get(appid) ?? this.#ofAccount(appid)
        ofAccounts.set(appid, groups)
        return { viewNo, ...sumOf(await groups, filters, actorKey, OF_ACCOUNT_MAX) }
      }),
    )
  }

  async #ofAccount(appid: string): Promise<OpenGroup[]> {
    const account = await findAccountByAppid(this.#db, appid)
    return account ? await listOpenGroups(this.#db, this.#clock, OF_ACCOUNT_MAX, account.accountId) : []
  }
}

function sumOf(groups: readonly OpenGroup[], filters: ViewFilters, actorKey: string, lookedAt: number) {
  const sum = (of: readonly OpenGroup[]) => of.reduce((all, { count }) => all + count, 0)
  return { count: sum(groups.filter((group) => fits(group, filters, actorKey))), more: sum(groups) >= lookedAt }
}

function fits(group: OpenGroup, { kind, stage, due, claim }: ViewFilters, actorKey: string): boolean {
  if (kind && group.kind !== kind) return false
  if (stage && group.stage !== stage) return false
  const { overdue, today, claimed_by } = group
  if (due && due !== (overdue === 1 ? 'overdue' : today === 1 ? 'today' : 'later')) return false
  if (!claim) return true
  return claim === (claimed_by === null ? 'free' : claimed_by === actorKey ? 'mine' : 'others')
}
