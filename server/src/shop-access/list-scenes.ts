import { SCENE } from '@shenpi/sdk/contract/wire/shop-access'
import type { Kysely } from 'kysely'
import { findLatestApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { Schema } from '../db/schema.ts'
import { sceneSubject } from './shop-scene.kind.ts'

/** A scene, and the account's last application for it. */
export interface ShopScene {
  sceneId: number
  application: Application | undefined
}

/** List an account's scenes: Channels always, the others once they were applied for. */
export async function listScenes(db: Kysely<Schema>, accountId: number): Promise<ShopScene[]> {
  const scenes = await Promise.all(
    Object.values(SCENE).map(async (sceneId) => {
      const subject = sceneSubject(sceneId)
      return { sceneId, application: await findLatestApplication(db, { accountId, kind: 'shop_scene', subject }) }
    }),
  )
  return scenes.filter(({ sceneId, application }) => application || sceneId === SCENE.channels)
}
