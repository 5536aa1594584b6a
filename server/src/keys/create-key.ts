import type { Role } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { hashSecret } from '../accounts/secret.ts'
import { type Actor, actorName } from '../actors/actor.ts'
import type { Schema } from '../db/schema.ts'
import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { insertKey } from './api-key.store.ts'
import { type ApiKey, drawKey } from './api-key.ts'

interface NewKey {
  name: string
  roles: readonly Role[]
  endsAt: Date | null
  actor: Actor
}

/**
 * Make a key of the native API. It is in the answer alone.
 *
 * @throws Problem `key.name_taken`, `key.end_past`; `key.role_not_own`: a key is no way to a role that one has not
 */
export async function createKey(
  { db, clock }: { db: Kysely<Schema>; clock: Clock },
  { name, roles, endsAt, actor }: NewKey,
): Promise<{ apiKey: ApiKey; key: string }> {
  const key = drawKey()
  const now = clock.installation()
  if (endsAt && endsAt <= now) throw new Problem('key.end_past')
  if (roles.some((role) => !actor.roles.includes(role))) throw new Problem('key.role_not_own')
  const made = { name, roles, createdAt: now, createdBy: actorName(actor), endsAt }
  await changeInstallation(db, async (installation) => {
    if (!(await insertKey(installation.trx, hashSecret(key), made))) throw new Problem('key.name_taken')
    const detail = { key: name, roles, ends_at: endsAt?.toISOString() ?? null }
    installation.append({ at: now, actor: actorName(actor), action: 'key.create', detail })
  })
  return { apiKey: { ...made, lastUsedAt: null, revokedAt: null }, key }
}
