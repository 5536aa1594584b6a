import { SCENE, SCENE_EXTENSIONS, SCENE_STATUS } from '@shenpi/sdk/contract/wire/shop-access'
import type { Application, DecidedApplication } from '../applications/application.ts'
import type { AnnouncedEvent } from '../applications/application-kind.ts'

/** The scenes that are applied for and shown, by the wire's number. */
export const SCENE_NAMES: Readonly<Record<number, string>> = {
  [SCENE.channels]: 'channels',
  [SCENE.orderCentre]: 'order centre',
}
const EXTENSION_NAMES: Readonly<Record<number, string>> = {
  [SCENE_EXTENSIONS.customerService]: 'customer service',
  [SCENE_EXTENSIONS.shop]: 'shop',
}

/** A scene and its parts in the wire's words: they are decided together. */
export function toScene(sceneId: number, application: Application | undefined) {
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

/** The event that tells of a decision on a scene. */
export function toSceneAudit(application: DecidedApplication<{ scene_group_id: number }>): AnnouncedEvent {
  const { status: _, ...fields } = toScene(application.payload.scene_group_id, application)
  return { name: 'open_product_scene_group_audit', fields: { SceneGroupAudit: fields } }
}
