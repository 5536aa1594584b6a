import type { ApiClient } from '@shenpi/sdk/client'

/** How an account stood, or everything. */
export interface Snapshot {
  readonly name: string
  /** Go back to it, clocks too: as often as one likes. */
  restore(): Promise<void>
}

let taken = 0

/** @param whose undefined appid: everybody's */
export async function takeSnapshot(api: ApiClient, whose: { appid?: string }): Promise<Snapshot> {
  taken += 1
  const name = `test-${taken}`
  await api.takeSnapshot({ params: { name }, body: whose })
  return { name, restore: async () => void (await api.restoreSnapshot({ params: { name } })) }
}
