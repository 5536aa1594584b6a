import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from './blob-store.ts'

/** Pictures as files under `root`, in 256 folders by the first two digits of the digest. */
export function diskStore(root: string): BlobStore {
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)
  return {
    async put(digest, bytes) {
      const path = pathOf(digest)
      if (await exists(path)) return
      await mkdir(dirname(path), { recursive: true })
      // Written beside, synced, then renamed: a reader or a crash never meets half a file.
      const draft = `${path}.${randomUUID()}`
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
        await file.close()
        await rename(draft, path)
      } catch (error) {
        // On a full disk half a file would take the place that is left.
        await file.close().catch(() => {})
        await rm(draft, { force: true })
        throw error
      }
      const folder = await open(dirname(path))
      await folder.sync().finally(() => folder.close())
    },
    async get(digest) {
      try {
        return await readFile(pathOf(digest))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
