import type { ApiSavedView } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import type { Filters } from './filters.ts'

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: ({ signal }) => client.listSavedViews({}, { signal }),
  staleTime: 60_000,
  select: ({ items }) => items,
})

/** What stands behind each view, by its number; nothing where it is not counted. */
export const savedViewCountsQuery = queryOptions({
  queryKey: ['saved-view-counts'],
  queryFn: ({ signal }) => client.countSavedViews({}, { signal }),
  staleTime: 15_000,
  select: ({ items }) =>
    new Map(
      items.flatMap(({ view_no, count, more }) =>
        count === null ? [] : [[view_no, `${count.toLocaleString('en')}${more ? '+' : ''}`]],
      ),
    ),
})

export interface ViewText {
  name: string
  filters: Filters
}

/** Save a view for oneself, or for all. */
export async function saveView({ name, filters: { q: _, ...filters } }: ViewText, isShared: boolean): Promise<void> {
  const args = { body: { name, filters } }
  await (isShared ? client.createSharedView(args) : client.createSavedView(args))
  await readAgain()
}

export async function renameView({ view_no, shared, filters }: ApiSavedView, name: string): Promise<void> {
  const args = { params: { view_no }, body: { name, filters } }
  await (shared ? client.changeSharedView(args) : client.changeSavedView(args))
  await readAgain()
}

export async function deleteView({ view_no, shared }: ApiSavedView): Promise<void> {
  const args = { params: { view_no } }
  await (shared ? client.deleteSharedView(args) : client.deleteSavedView(args))
  await readAgain()
}

/** Whether a view stands for these filters. */
export function isViewOf({ filters }: ApiSavedView, { q: _, ...chosen }: Filters): boolean {
  const [a, b] = [new Map(Object.entries(filters)), new Map(Object.entries(chosen))]
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value)
}

async function readAgain(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['saved-views'] })
  void queryClient.invalidateQueries({ queryKey: ['saved-view-counts'] })
}
