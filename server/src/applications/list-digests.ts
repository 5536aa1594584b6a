import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findOwnLinks } from '../pictures/picture.store.ts'
import type { ApplicationKey } from './application-id.ts'
import { type ApplicationPicture, listPictures } from './application-picture.store.ts'

/** A picture of an application with its digest, where it is ours. */
export type DigestedPicture = ApplicationPicture & { digest: string | undefined }

/** The pictures of an application with their digests. */
export async function listDigests(db: Kysely<Schema>, key: ApplicationKey): Promise<DigestedPicture[]> {
  const pictures = await listPictures(db, key)
  const keys = pictures.flatMap(({ linkKey }) => linkKey ?? [])
  const links = await findOwnLinks(db, key.accountId, keys)
  return pictures.map((picture) => ({
    ...picture,
    digest: picture.linkKey ? links.get(picture.linkKey)?.digest : undefined,
  }))
}
