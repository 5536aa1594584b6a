import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { PhotoLook } from './photo-look.ts'

/** A photo of an application. */
interface LookedAt {
  digest: string
  look: PhotoLook
}

interface Key {
  accountId: number
  applicationNo: number
}

const insertRow = prepared((db, { accountId, applicationNo, digest, look }: Key & LookedAt) =>
  db
    .insertInto('photo_look')
    .values({ account_id: accountId, application_no: applicationNo, digest, look })
    .onConflict((conflict) => conflict.doNothing()),
)

export async function insertLook(
  db: Kysely<Schema>,
  { accountId, applicationNo }: Key,
  photo: LookedAt,
): Promise<void> {
  await insertRow(db, { accountId, applicationNo, digest: photo.digest, look: photo.look })
}

const selectLooks = prepared((db, { accountId, applicationNo }: Key) =>
  db
    .selectFrom('photo_look')
    .select(['digest', 'look'])
    .where('account_id', '=', accountId)
    .where('application_no', '=', applicationNo)
    .orderBy('digest'),
)

/** What the photos of an application look like; nothing where there is too little to see. */
export const listLooks = (db: Kysely<Schema>, { accountId, applicationNo }: Key): Promise<LookedAt[]> =>
  selectLooks(db, { accountId, applicationNo })
