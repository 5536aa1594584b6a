import { createPostgresDatabase } from '../../../server/test/test-database.ts'
import { createSandbox, openSandbox } from '../../src/create-sandbox.ts'
import type { Sandbox } from '../../src/index.ts'
import { newFolder } from '../../src/temporary-folder.ts'

/** Monday before a week of holidays. */
export const AT = '2026-09-28T01:00:00.000Z'
const SETTINGS = { QUICK_REVIEW_MAX: '0' }

/** Opens a sandbox for a program. @param use what is done with it until it is closed */
export type Place = <T>(seed: string, use: (sandbox: Sandbox) => Promise<T>) => Promise<T>

/** A sandbox as the kit opens it. */
export const onSqlite: Place = async (seed, use) => {
  await using sandbox = await createSandbox({ seed, frozenAt: AT, settings: SETTINGS })
  return await use(sandbox)
}

/** The same on a database of its own. @param template the name of one that is migrated */
export const onPostgres = (template: string | undefined): Place => {
  return async (seed, use) => {
    const database = await createPostgresDatabase(template)
    try {
      const settings = { ...SETTINGS, DATABASE_URL: database.url }
      await using sandbox = await openSandbox(newFolder(), { seed, frozenAt: AT, settings })
      return await use(sandbox)
    } finally {
      await database.drop()
    }
  }
}
