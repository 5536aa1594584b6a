import type { Kysely } from 'kysely'
import { findAccount } from '../accounts/account.store.ts'
import type { Account } from '../accounts/account.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'

/**
 * Refuse scenes that are not all open for the account. A scene that is open stays open; the others are read again, because
 * the cached caller may be older than a scene's approval.
 * Source: docs/protocol/shops.md, scene_group_list.
 *
 * @param otherwise the refusal: each call has one of its own
 * @throws Problem `otherwise`
 */
export async function assertScenesOpen(
  db: Kysely<Schema>,
  { accountId, sceneGroups }: Account,
  scenes: readonly number[],
  otherwise: 'scene.not_open' | 'scene.not_open_for_brand',
): Promise<void> {
  if (scenes.every((scene) => sceneGroups.includes(scene))) return
  const open = (await findAccount(db, accountId))?.sceneGroups ?? []
  if (scenes.some((scene) => !open.includes(scene))) throw new Problem(otherwise)
}
