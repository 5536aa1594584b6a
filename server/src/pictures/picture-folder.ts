import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolderDurably, writeDurably } from '../data-dir/durable-file.ts'
import { drawUuid } from '../entropy/draw-secret.ts'
import { codeOf, messageOf } from '../thrown.ts'

/** Says in a shared folder whose pictures lie there. */
const OWNER = 'installation'

/**
 * Open a folder that several servers of one database share: create it if necessary, see that it can be written, and mark it
 * as this installation's.
 *
 * @param installation the same for all servers of one database, and another for every other database
 * @throws Error that says in a sentence why it cannot be used.
 */
export async function openPictureFolder(folder: string, installation: string): Promise<void> {
  try {
    await makeFolderDurably(folder)
    // Also where it is marked already: a file system may have become read-only.
    const probe = join(folder, `probe.${drawUuid()}`)
    await writeDurably(probe, '')
    await rm(probe)
  } catch (error) {
    throw new Error(`PICTURES_DIR: ${folder} cannot be written: ${messageOf(error)}`, { cause: error })
  }
  const owner = join(folder, OWNER)
  if ((await readOwner(owner)) === undefined) await writeDurably(owner, `${installation}\n`)
  // Read again: of two servers that mark it together the last one stays.
  if ((await readOwner(owner)) === installation) return
  throw new Error(
    `PICTURES_DIR: ${folder} holds the pictures of another database. Look whether DATABASE_URL is the right one, or give this server a folder of its own.`,
  )
}

async function readOwner(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
