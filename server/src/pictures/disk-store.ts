import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeDurably } from '../durable-file.ts'
import type { BlobStore } from './blob-store.ts'

/** Pictures as files under `root`, in 256 folders by the first two digits of the digest. */
export function diskStore(root: string): BlobStore {
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)
  return {
    async put(digest, bytes) {
      const path = pathOf(digest)
      if (await exists(path)) return
      await mkdir(dirname(path), { recursive: true })
      await writeDurably(path, bytes)
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
