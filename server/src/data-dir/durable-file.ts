import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { drawUuid } from '../entropy/draw-secret.ts'

/**
 * Write a file so that it is whole or absent at any moment, whatever ends the process or the machine: write it beside,
 * sync it, rename it, and sync the folder, which holds the name.
 *
 * @param mode who may read it, as `chmod` takes it
 * @throws the system's error, with nothing left beside the place: on a full disk half a file would take what room is left
 */
export async function writeDurably(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const draft = `${path}.${drawUuid()}`
  const file = await open(draft, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
    await file.close()
    await rename(draft, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** Make a folder, and those that it lies in, so that they are there after a power cut. */
export async function makeFolderDurably(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(path: string): Promise<void> {
  // Windows keeps names by itself and opens no folder.
  if (process.platform === 'win32') return
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}
