import type { PicturePurpose } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { accountTransaction } from '../db/transaction.ts'
import { SAMPLE_DOCUMENT_KEY } from './picture-link.ts'

export interface Picture {
  /** SHA-256 of the bytes as they are stored, in hex. */
  digest: string
  mediaType: string
  width: number
  height: number
  /** How many. */
  bytes: number
}

export interface PictureLink {
  key: string
  accountId: number
  digest: string
  purpose: PicturePurpose
}

const toLink = (row: Selectable<Schema['picture_link']>): PictureLink => ({
  key: row.link_key,
  accountId: row.account_id,
  digest: row.digest,
  purpose: row.purpose,
})

/** Remember a stored picture and a link to it: both, or neither. */
export async function insertPictureLink(
  db: Kysely<Schema>,
  picture: Picture,
  link: PictureLink,
  at: Date,
): Promise<void> {
  await accountTransaction(db, link.accountId, async (trx) => {
    await trx
      .insertInto('picture')
      .values({
        account_id: link.accountId,
        digest: picture.digest,
        media_type: picture.mediaType,
        width: picture.width,
        height: picture.height,
        bytes: picture.bytes,
        created_at: at.getTime(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await trx
      .insertInto('picture_link')
      .values({
        link_key: link.key,
        account_id: link.accountId,
        digest: link.digest,
        purpose: link.purpose,
        created_at: at.getTime(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** By the key alone: Citus knows at once on which node it lies, and reads of several keys share a statement elsewhere. */
const selectLink = prepared((db, { key }: { key: string }) =>
  db.selectFrom('picture_link').selectAll().where('link_key', '=', key),
)

/** The links among these that are the account's own or, in a sandbox, the published example's, by key. */
export async function findOwnLinks(
  db: Kysely<Schema>,
  accountId: number,
  keys: readonly string[],
): Promise<Map<string, PictureLink>> {
  const rows = await Promise.all([...new Set(keys)].map((key) => selectLink(db, { key })))
  const links = rows.flat().map(toLink)
  const own = links.filter((link) => link.accountId === accountId || link.key === SAMPLE_DOCUMENT_KEY)
  return new Map(own.map((link) => [link.key, link]))
}

/** The picture behind a link, whoever asks: the key is the permission. */
export async function findLinkedPicture(
  db: Kysely<Schema>,
  key: string,
): Promise<Pick<Picture, 'digest' | 'mediaType' | 'bytes'> | undefined> {
  const link = await db
    .selectFrom('picture_link')
    .select(['account_id', 'digest'])
    .where('link_key', '=', key)
    .executeTakeFirst()
  if (!link) return undefined
  const row = await db
    .selectFrom('picture')
    .select(['media_type', 'bytes'])
    .where('account_id', '=', link.account_id)
    .where('digest', '=', link.digest)
    .executeTakeFirst()
  return row && { digest: link.digest, mediaType: row.media_type, bytes: row.bytes }
}
