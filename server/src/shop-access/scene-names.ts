import type { Language } from '@shenpi/sdk/contract/states'
import { SCENE } from '@shenpi/sdk/contract/wire/shop-access'

/** Source: docs/protocol/shops.md, scene_group_list. */
const NAMES: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  en: { [SCENE.channels]: 'channels', [SCENE.orderCentre]: 'order centre' },
  zh: { [SCENE.channels]: '视频号', [SCENE.orderCentre]: '订单中心' },
}

/** Scenes by what they are called; one whose name nobody has told keeps its number. */
export const nameScenes = (scenes: readonly number[], language: Language): string =>
  scenes.map((scene) => NAMES[language][scene] ?? scene).join(', ')
