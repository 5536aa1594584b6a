import type { StoreChanges, StoreInfo } from '@shenpi/sdk'
import { Type } from '@shenpi/sdk/contract/schema'
import type { PictureReference } from '../applications/application-kind.ts'
import { payloadReader } from '../applications/payload.ts'
import type { Review } from '../applications/review.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { requireOwnPictures } from '../pictures/own-pictures.ts'
import { Problem, unfitting } from '../problem.ts'
import { assertChangeable, type StorePayload } from './store.kind.ts'
import { getStore } from './store.store.ts'

const poiIdReader = payloadReader(Type.Object({ poi_id: Type.Integer() }))

/**
 * Add a store. @returns its poi_id, under which its owner may bind it at once
 * Source: docs/protocol/stores.md, addpoi.
 *
 * @throws Problem `store.photo_invalid`
 */
export async function addStore(review: Review, accountId: number, info: StoreInfo): Promise<number> {
  const pictures = await resolvePhotos(review, accountId, info)
  const payload: StorePayload = { poi_id: 0, sid: info.sid ?? '', change: 'new', base_info: info }
  const application = await submitApplication(review, { accountId, kind: 'store', payload, pictures })
  const readPoiId = await poiIdReader()
  const { poi_id } = readPoiId(application)
  return poi_id
}

/**
 * Ask for a change of an approved store, which stays as it is until the change is approved.
 * Source: docs/protocol/stores.md, updatepoi.
 *
 * @throws Problem `store.unknown`, `store.deleted`, `store.not_approved`, `store.updating`, `store.photo_invalid`,
 *   `shop.parameter_missing` when nothing would change
 */
export async function updateStore(
  review: Review,
  accountId: number,
  poiId: number,
  changes: StoreChanges,
): Promise<void> {
  // Asked here for the order of the refusals, and again where it is written.
  const store = await getStore(review.db, accountId, poiId)
  assertChangeable(store)
  if (Object.keys(changes).length === 0) throw new Problem('shop.parameter_missing', 'a field to change')
  const pictures = await resolvePhotos(review, accountId, changes)
  const sid = changes.sid ?? store.info.sid ?? ''
  const payload: StorePayload = { poi_id: poiId, sid, change: 'update', base_info: changes }
  await submitApplication(review, { accountId, kind: 'store', payload, pictures })
}

/** The photos of a store, which are pictures of the account's own. @throws Problem `store.photo_invalid` */
async function resolvePhotos(
  { db }: Review,
  accountId: number,
  { photo_list = [] }: Pick<StoreChanges, 'photo_list'>,
): Promise<PictureReference[]> {
  const references = photo_list.map(({ photo_url }) => photo_url)
  const refuse = (place: number) =>
    unfitting('store.photo_invalid', {
      path: `photo_list[${place}].photo_url`,
      form: 'a picture that the account uploaded',
    })
  const photos = await requireOwnPictures(db, accountId, references, { refuse })
  return photos.map((photo) => ({ field: 'photo_list' as const, ...photo }))
}
