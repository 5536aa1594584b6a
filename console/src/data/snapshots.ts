import type { ApiSnapshot } from '@shenpi/sdk/contract/api'
import { client, queryClient } from './client.ts'
import { pagesOf } from './pages-of.ts'

export const snapshotsQuery = pagesOf<ApiSnapshot>(['snapshots'], (page, options) =>
  client.listSnapshots({ query: page }, options),
)

/** Keep how an account stands, or everything. */
export async function takeSnapshot(name: string, appid: string | undefined): Promise<void> {
  await client.takeSnapshot({ params: { name }, body: appid === undefined ? {} : { appid } })
  await queryClient.invalidateQueries({ queryKey: snapshotsQuery.queryKey })
}

/** Go back to it: nothing that was read before holds. */
export async function restoreSnapshot(name: string): Promise<void> {
  await client.restoreSnapshot({ params: { name } })
  await queryClient.invalidateQueries()
}

export async function deleteSnapshot(name: string): Promise<void> {
  await client.deleteSnapshot({ params: { name } })
  await queryClient.invalidateQueries({ queryKey: snapshotsQuery.queryKey })
}

/** Begin an account anew, as it was seeded. */
export async function resetAccount(appid: string): Promise<void> {
  await client.resetSandbox({ body: { appid } })
  await queryClient.invalidateQueries()
}
