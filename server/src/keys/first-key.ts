import type { Kysely } from 'kysely'
import { hashSecret } from '../accounts/secret.ts'
import { writeDurably } from '../data-dir/durable-file.ts'
import type { Schema } from '../db/schema.ts'
import type { Clock } from '../time/clock.ts'
import { findKey, insertKey, keyNameIsFree } from './api-key.store.ts'
import { drawKey, EVERY_ROLE } from './api-key.ts'
import { apiKeyPath, readApiKey } from './key-file.ts'

/**
 * Make a key at the first start, and store its hash in the database. A server with its own data directory has its own key:
 * `first`, `first-2`, … Whoever lost or revoked theirs takes the file away and starts again.
 */
export async function ensureFirstKey(db: Kysely<Schema>, clock: Clock, dataDir: string): Promise<void> {
  const known = await readApiKey(dataDir)
  const key = known ?? drawKey()
  // Not written at each start: on Citus that needs every node, and a server starts while one is down.
  if (!(await findKey(db, hashSecret(key)))) await insertFirstKey(db, clock, hashSecret(key))
  // After the database, so that a drawn key beside an unused database means that a database was lost.
  if (!known) await writeDurably(apiKeyPath(dataDir), `${key}\n`)
}

/** Under the first name that nobody has. */
async function insertFirstKey(db: Kysely<Schema>, clock: Clock, keyHash: string): Promise<void> {
  const { changeInstallation } = await import('../journal/change-installation.ts')
  await changeInstallation(db, async ({ trx, append }) => {
    let name = 'first'
    for (let number = 2; !(await keyNameIsFree(trx, name)); number += 1) name = `first-${number}`
    const key = { name, roles: EVERY_ROLE, createdAt: clock.installation(), createdBy: 'server', endsAt: null }
    // Two servers may share the file of an operator's key.
    if (!(await insertKey(trx, keyHash, key))) return
    const detail = { key: name, roles: EVERY_ROLE, ends_at: null }
    append({ at: clock.installation(), actor: 'server', action: 'key.create', detail })
  })
}
