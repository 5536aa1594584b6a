import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open.ts'
import type { BlobStore } from './blob-store.ts'
import type { InspectedPicture } from './inspect-picture.ts'
import { insertPictureLink } from './picture.store.ts'
import { type LinkPurpose, newLinkKey } from './picture-link.ts'

export interface Pictures {
  db: Database
  clock: Clock
  blobs: BlobStore
}

/** Keep an inspected picture for good and make a link to it. @returns the link's key */
export async function storePicture(
  { db, clock, blobs }: Pictures,
  accountId: number,
  picture: InspectedPicture,
  purpose: LinkPurpose,
  key = newLinkKey(clock.now()),
): Promise<string> {
  const digest = createHash('sha256').update(picture.bytes).digest('hex')
  // The bytes first: a row must never name what is not there.
  await blobs.put(digest, picture.bytes)
  const { mediaType, width, height } = picture
  await insertPictureLink(
    db,
    { digest, mediaType, width, height, bytes: picture.bytes.length },
    { key, accountId, digest, purpose },
    clock.now(),
  )
  return key
}
