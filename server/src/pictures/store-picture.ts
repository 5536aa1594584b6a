import type { PicturePurpose } from '@shenpi/sdk/contract/states'
import type { Database } from '../db/open.ts'
import type { Entropy } from '../entropy/entropy.ts'
import { FairSemaphore } from '../fair-semaphore.ts'
import type { Clock } from '../time/clock.ts'
import type { BlobStore } from './blob-store.ts'
import { Decoders } from './decoders.ts'
import { digestOf } from './disk-store.ts'
import { insertPictureLink } from './picture.store.ts'
import { newLinkKey } from './picture-link.ts'
import type { InspectedPicture } from './rewrite-picture.ts'

export interface Pictures {
  db: Database
  clock: Clock
  entropy: Entropy
  blobs: BlobStore
  decoders: Decoders
  /** Links that are fetched while a caller waits. */
  links: FairSemaphore
}

/** Links of one account that are fetched at once while a caller waits: each can take five seconds. Our choice. */
export const LINKS_AT_ONCE = 10

export const createPictures = (parts: Pick<Pictures, 'db' | 'clock' | 'entropy' | 'blobs'>): Pictures => ({
  ...parts,
  decoders: new Decoders(),
  links: new FairSemaphore({ permits: Number.POSITIVE_INFINITY, perAccount: LINKS_AT_ONCE, waitingPerAccount: 0 }),
})

/** Keep an inspected picture for good and make a link to it. @returns the link's key */
export async function storePicture(
  { db, clock, entropy, blobs }: Pictures,
  accountId: number,
  picture: InspectedPicture,
  purpose: PicturePurpose,
  key = newLinkKey(clock.now(accountId), entropy.draw(accountId, 'picture_key', 16)),
): Promise<string> {
  const digest = digestOf(picture.bytes)
  // The bytes first: a row must never name what is not there.
  await blobs.put(digest, picture.bytes)
  const { mediaType, width, height } = picture
  await insertPictureLink(
    db,
    { digest, mediaType, width, height, bytes: picture.bytes.length },
    { key, accountId, digest, purpose },
    clock.now(accountId),
  )
  return key
}
