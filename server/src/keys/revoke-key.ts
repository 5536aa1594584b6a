import type { Kysely } from 'kysely'
import { type Actor, actorName } from '../actors/actor.ts'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { findKeyByName, saveRevocation } from './api-key.store.ts'
import type { ApiKey } from './api-key.ts'
import type { KeyCheck } from './key-check.ts'

interface RevokeParts {
  db: Kysely<Schema>
  clock: Clock
  keys: KeyCheck
}

/** End a key at once, here, and within three seconds at every other server. One that was revoked stays so. @throws Problem `key.unknown` */
export async function revokeKey({ db, clock, keys }: RevokeParts, name: string, actor: Actor): Promise<ApiKey> {
  const revoked = await changeInstallation(db, async (installation) => {
    const before = await findKeyByName(installation.trx, name)
    if (!before) throw new Problem('key.unknown')
    if (before.revokedAt) return before
    const at = clock.installation()
    await saveRevocation(installation.trx, name, at)
    installation.append({ at, actor: actorName(actor), action: 'key.revoke', detail: { key: name } })
    return { ...before, revokedAt: at }
  })
  keys.empty()
  return revoked
}
