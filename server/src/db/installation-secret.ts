import type { Kysely } from 'kysely'
import { drawSecret } from '../entropy/draw-secret.ts'
import type { Schema } from './schema.ts'

/** A secret that the installation draws once, 256 bits in hex: every server on one database gets the same. */
export async function drawInstallationSecret(db: Kysely<Schema>, name: string): Promise<string> {
  // Not written at each start: on Citus that needs every node, and a server starts while one is down.
  const drawn = await selectSecret(db, name).executeTakeFirst()
  if (drawn) return drawn.value
  await db
    .insertInto('installation_secret')
    .values({ name, value: drawSecret(32).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await selectSecret(db, name).executeTakeFirstOrThrow()
  return value
}

const selectSecret = (db: Kysely<Schema>, name: string) =>
  db.selectFrom('installation_secret').select('value').where('name', '=', name)
