import type { PicturePurpose } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Problem } from '../problem.ts'
import { findOwnLinks, type PictureLink } from './picture.store.ts'
import { parseLinkKey } from './picture-link.ts'

/**
 * The account's own pictures among what it refers to, by reference.
 *
 * @param keyIn the key in a reference, or undefined where it has none; by default a link of ours, under whatever host
 */
export async function findOwnPictures(
  db: Kysely<Schema>,
  accountId: number,
  references: readonly string[],
  keyIn: (reference: string) => string | undefined = parseLinkKey,
): Promise<Map<string, PictureLink>> {
  const keys = references.map((reference) => ({ reference, key: keyIn(reference) }))
  const links = await findOwnLinks(
    db,
    accountId,
    keys.flatMap(({ key }) => key ?? []),
  )
  return new Map(
    keys.flatMap(({ reference, key }) => {
      const link = key && links.get(key)
      return link ? [[reference, link]] : []
    }),
  )
}

/**
 * The links of pictures that must be the account's own.
 *
 * @param purpose what they must have been uploaded for; anything if absent
 * @param refuse makes the refusal that is thrown when one is not, by its place in the list
 */
export async function requireOwnPictures(
  db: Kysely<Schema>,
  accountId: number,
  references: readonly string[],
  { purpose, refuse }: { purpose?: PicturePurpose; refuse: (place: number) => Problem },
): Promise<{ reference: string; linkKey: string; digest: string }[]> {
  const own = await findOwnPictures(db, accountId, references)
  return references.map((reference, place) => {
    const link = own.get(reference)
    if (!link || (purpose && link.purpose !== purpose)) throw refuse(place)
    return { reference, linkKey: link.key, digest: link.digest }
  })
}
