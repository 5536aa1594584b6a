import { Type } from '@shenpi/sdk/contract/schema'
import { SCENE } from '@shenpi/sdk/contract/wire/shop-access'
import type { Kysely } from 'kysely'
import { findAccount, saveSceneGroups } from '../accounts/account.store.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import { defineKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { findShopAccess } from './shop-access.store.ts'
import { assertConnected, assertOpen } from './shop-access.ts'
import { SCENE_NAMES, toScene, toSceneAudit } from './shop-scene.presenter.ts'

const subjectOf = (sceneId: number) => `scene:${sceneId}`

/** A place where the shop's goods may be shown. Its approval opens it for the audit calls too. */
export const shopSceneKind = defineKind({
  name: 'shop_scene',
  payload: Type.Object({ scene_group_id: Type.Integer() }),
  subject: ({ scene_group_id }) => subjectOf(scene_group_id),
  open: 'scene.under_review',
  async admit({ trx, accountId }, { payload }, latest) {
    if (!SCENE_NAMES[payload.scene_group_id]) throw new Problem('shop.parameter_invalid')
    assertConnected(await findShopAccess(trx, accountId))
    if (latest?.state === 'approved') throw new Problem('scene.granted')
  },
  screen: () => 'review',
  async approve({ trx, accountId }, { payload }) {
    assertOpen(await findShopAccess(trx, accountId))
    const open = (await findAccount(trx, accountId))?.sceneGroups ?? []
    await saveSceneGroups(trx, accountId, [...new Set([...open, payload.scene_group_id])])
  },
  announce: toSceneAudit,
  summarize: ({ scene_group_id }) => `scene ${scene_group_id}, ${SCENE_NAMES[scene_group_id]}`,
})

/** The states of an account's scenes: Channels always, the others once they were applied for. */
export async function listScenes(db: Kysely<Schema>, accountId: number) {
  const scenes = []
  for (const sceneId of Object.values(SCENE)) {
    const latest = await findLatestApplication(db, { accountId, kind: 'shop_scene', subject: subjectOf(sceneId) })
    if (latest || sceneId === SCENE.channels) scenes.push(toScene(sceneId, latest))
  }
  return scenes
}
