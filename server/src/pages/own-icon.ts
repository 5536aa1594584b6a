import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { requireOwnPictures } from '../pictures/own-pictures.ts'
import { unfitting } from '../problem.ts'

/**
 * A page's icon is a picture that the account uploaded as one, under whatever host its link names us.
 * Source: docs/protocol/shakearound.md, page/add, field `icon_url`.
 *
 * @throws Problem `page.parameters_invalid` when it is none.
 */
export async function requireOwnIcon(db: Kysely<Schema>, accountId: number, iconUrl: string): Promise<void> {
  const refuse = () =>
    unfitting('page.parameters_invalid', {
      path: 'icon_url',
      form: 'an icon that the account uploaded with material/add',
    })
  await requireOwnPictures(db, accountId, [iconUrl], { purpose: 'icon', refuse })
}
