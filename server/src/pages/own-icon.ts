import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { requireOwnPictures } from '../pictures/own-pictures.ts'
import { Problem } from '../problem.ts'

/**
 * A page's icon is a picture that the account uploaded as one, under whatever host its link names us.
 * Source: docs/protocol/shakearound.md, page/add, field `icon_url`.
 *
 * @throws Problem `page.parameters_invalid` when it is none.
 */
export async function requireOwnIcon(db: Kysely<Schema>, accountId: number, iconUrl: string): Promise<void> {
  const why = 'icon_url: upload the picture with material/add, type icon, first.'
  const refuse = () => new Problem('page.parameters_invalid', why)
  await requireOwnPictures(db, accountId, [iconUrl], { purpose: 'icon', refuse })
}
