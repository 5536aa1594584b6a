import { readAll } from '../../src/sandbox/state/replace-state.ts'
import type { TestServer } from '../start-server.ts'

/** Everything but tokens and calls, which what a test looks at makes. */
export async function stateOf({ services: { db } }: TestServer) {
  const state = await readAll(db)
  return state.filter(
    ({ table, rows }) => rows.length > 0 && !['access_token', 'request_record', 'api_usage'].includes(table),
  )
}
