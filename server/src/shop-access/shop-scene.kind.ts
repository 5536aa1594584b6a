import { Type } from '@shenpi/sdk/contract/schema'
import { findAccount, saveSceneGroups } from '../accounts/account.store.ts'
import { defineKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { nameScenes } from './scene-names.ts'
import { findShopAccess } from './shop-access.store.ts'
import { assertConnected, assertOpen } from './shop-access.ts'
import { SCENE_NAMES, toSceneAudit } from './shop-scene.presenter.ts'

export const sceneSubject = (sceneId: number) => `scene:${sceneId}`

/** A place where the shop's goods may be shown. Its approval opens it for the audit calls too. */
export const shopSceneKind = defineKind({
  name: 'shop_scene',
  payload: Type.Object({ scene_group_id: Type.Integer() }),
  subject: ({ scene_group_id }) => sceneSubject(scene_group_id),
  open: 'scene.under_review',
  async admit({ trx, accountId }, { payload }, latest) {
    if (!SCENE_NAMES[payload.scene_group_id]) throw new Problem('shop.parameter_invalid')
    assertConnected(await findShopAccess(trx, accountId))
    if (latest?.state === 'approved') throw new Problem('scene.granted')
  },
  screen: () => 'review',
  approvalReads: [findShopAccess],
  async approve(account, { payload }) {
    assertOpen(await account.ask(findShopAccess))
    const { trx, accountId } = account
    const open = (await findAccount(trx, accountId))?.sceneGroups ?? []
    await saveSceneGroups(trx, accountId, [...new Set([...open, payload.scene_group_id])])
  },
  announce: toSceneAudit,
  summarize: ({ scene_group_id }, language) =>
    language === 'zh'
      ? `场景 ${scene_group_id}，${nameScenes([scene_group_id], language)}`
      : `scene ${scene_group_id}, ${nameScenes([scene_group_id], language)}`,
  nameIds: async ({ scene_group_id }, _, language) => ({ scene_group_id: nameScenes([scene_group_id], language) }),
})
