import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { listTrail } from '../journal/list-trail.ts'

/** So many of everybody's are looked at, the newest. */
const LOOKED_AT_MAX = 50

/**
 * When operators reset of late how somebody signs in, the newest first: whoever has the link is them from then on, so that the
 * person must see it.
 */
export async function listResets(db: Kysely<Schema>, name: string): Promise<{ at: Date; by: string }[]> {
  const resets = await listTrail(db, { accountId: undefined, action: 'staff.reset' }, LOOKED_AT_MAX)
  const own = resets.entries.filter(({ detail }) => JSON.parse(detail).name === name)
  return own.map(({ at, actor }) => ({ at: new Date(at), by: actor }))
}
