import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolderDurably, writeDurably } from '../durable-file.ts'
import type { BlobStore } from './blob-store.ts'

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Pictures as files under `root`, in 256 folders by the first two digits of the digest. What is read is compared with its
 * digest, which takes a millisecond for 2 MB: a file that a disk or a power cut damaged is as if it were not there.
 *
 * @param onDamaged is told of such a file, once
 */
export function diskStore(root: string, onDamaged: (path: string) => void): BlobStore {
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)
  const damaged = new Set<string>()
  return {
    // Written again even where there is a file: it may be damaged, or its folder not synced yet.
    async put(digest, bytes) {
      const path = pathOf(digest)
      await makeFolderDurably(dirname(path))
      await writeDurably(path, bytes)
      damaged.delete(digest)
    },
    async get(digest) {
      const bytes = await readIfThere(pathOf(digest))
      if (!bytes || digestOf(bytes) === digest) return bytes
      if (!damaged.has(digest)) onDamaged(pathOf(digest))
      damaged.add(digest)
      return undefined
    },
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
