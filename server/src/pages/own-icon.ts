import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findOwnLinks } from '../pictures/picture.store.ts'
import { parseLinkKey } from '../pictures/picture-link.ts'
import { Problem } from '../problem.ts'

/**
 * A page's icon is a picture that the account uploaded as one, under whatever host its link names us.
 * Source: docs/protocol/shakearound.md, page/add, field `icon_url`.
 *
 * @throws Problem `page.parameters_invalid` when it is none.
 */
export async function requireOwnIcon(db: Kysely<Schema>, accountId: number, iconUrl: string): Promise<void> {
  const key = parseLinkKey(iconUrl)
  const links = await findOwnLinks(db, accountId, key ? [key] : [])
  if (!key || links.get(key)?.purpose !== 'icon') {
    throw new Problem('page.parameters_invalid', 'icon_url: upload the picture with material/add, type icon, first.')
  }
}
