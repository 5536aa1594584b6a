import { api } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import type { TestServer } from './start-server.ts'

/** Decide an application as staff, in its current version. */
export async function decide({ api: client }: TestServer, id: string, move: Move, reason = '') {
  const { version } = await client.call(api.getApplication, { params: { id } })
  return await client.call(api.decideApplication, { params: { id }, version, body: { move, reason } })
}
