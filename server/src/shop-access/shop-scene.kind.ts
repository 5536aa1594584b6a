import { SCENE, SCENE_EXTENSIONS, SCENE_STATUS } from '@shenpi/sdk/contract/wire/shop-access'
import type { Kysely } from 'kysely'
import { findAccount, saveSceneGroups } from '../accounts/account.store.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { ApplicationKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { findShopAccess } from './shop-access.store.ts'
import { assertConnected, assertOpen } from './shop-access.ts'

export interface ShopScenePayload {
  scene_group_id: number
}

const SCENE_NAMES: Readonly<Record<number, string>> = {
  [SCENE.channels]: 'channels',
  [SCENE.orderCentre]: 'order centre',
}
const EXTENSION_NAMES: Readonly<Record<number, string>> = {
  [SCENE_EXTENSIONS.customerService]: 'customer service',
  [SCENE_EXTENSIONS.shop]: 'shop',
}

const subjectOf = (sceneId: number) => `scene:${sceneId}`

/** A place where the shop's goods may be shown. Its approval opens it for the audit calls too. */
export const shopSceneKind: ApplicationKind<ShopScenePayload> = {
  name: 'shop_scene',
  subject: ({ scene_group_id }) => subjectOf(scene_group_id),
  open: 'scene.under_review',
  async admit(trx, { accountId, payload }, latest) {
    if (!SCENE_NAMES[payload.scene_group_id]) throw new Problem('shop.parameter_invalid')
    assertConnected(await findShopAccess(trx, accountId))
    if (latest?.state === 'approved') throw new Problem('scene.granted')
  },
  screen: () => 'review',
  async approve(trx, { accountId, payload }) {
    assertOpen(await findShopAccess(trx, accountId))
    const { scene_group_id } = payload as ShopScenePayload
    const open = (await findAccount(trx, accountId))?.sceneGroups ?? []
    await saveSceneGroups(trx, accountId, [...new Set([...open, scene_group_id])])
  },
  announce: (application) => {
    const { scene_group_id } = application.payload as ShopScenePayload
    const { status: _, ...fields } = toScene(scene_group_id, application)
    return { name: 'open_product_scene_group_audit', fields: { SceneGroupAudit: fields } }
  },
  summarize: ({ scene_group_id }) => `scene ${scene_group_id}, ${SCENE_NAMES[scene_group_id]}`,
}

/** A scene and its parts in the wire's words: they are decided together. */
function toScene(sceneId: number, application: Application | undefined) {
  const status = SCENE_STATUS[application?.state ?? 'none']
  return {
    group_id: sceneId,
    reason: application?.state === 'rejected' ? application.reason : '',
    name: SCENE_NAMES[sceneId] ?? '',
    status,
    scene_group_ext_list: Object.values(SCENE_EXTENSIONS).map((ext_id) => ({
      ext_id,
      status,
      name: EXTENSION_NAMES[ext_id] ?? '',
    })),
  }
}

/** The states of an account's scenes: Channels always, the others once they were applied for. */
export async function listScenes(db: Kysely<Schema>, accountId: number) {
  const scenes = []
  for (const sceneId of Object.values(SCENE)) {
    const latest = await findLatestApplication(db, { accountId, kind: 'shop_scene', subject: subjectOf(sceneId) })
    if (latest || sceneId === SCENE.channels) scenes.push(toScene(sceneId, latest))
  }
  return scenes
}
