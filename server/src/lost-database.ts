import { readdir } from 'node:fs/promises'
import type { Config } from './config.ts'
import { inDataDir } from './data-dir/data-dir.ts'
import { isDrawnKey } from './keys/api-key.ts'
import { apiKeyPath, readApiKey } from './keys/key-file.ts'
import { codeOf } from './thrown.ts'

/**
 * Refuse an empty database beside what only a server with a database leaves behind: a key that it drew, or pictures. Both are
 * written after the database, so an interrupted first start leaves neither.
 *
 * @throws Error that says what to do.
 */
export async function refuseLostDatabase({
  dataDir,
  picturesDir,
}: Pick<Config, 'dataDir' | 'picturesDir'>): Promise<void> {
  const left: string[] = []
  if (isDrawnKey(await readApiKey(dataDir))) left.push(apiKeyPath(dataDir))
  for (const folder of [inDataDir(dataDir).pictures, picturesDir]) {
    if (folder && (await holdsAnything(folder))) left.push(folder)
  }
  if (left.length === 0) return
  throw new Error(
    `The database is empty, but ${left.join(' and ')} belong to an installation that had one. Restore the database from a backup, or look whether DATA_DIR and DATABASE_URL are the right ones. To begin anew, give the server an empty DATA_DIR${picturesDir ? ' and an empty PICTURES_DIR' : ''}.`,
  )
}

async function holdsAnything(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false
    throw error
  }
}
