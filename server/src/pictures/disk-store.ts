import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolderDurably, writeDurably } from '../data-dir/durable-file.ts'
import { codeOf } from '../thrown.ts'
import type { BlobStore, StoredBlob } from './blob-store.ts'

/** How much of a picture is read and held in memory at a time: hashing it takes less than a tenth of a millisecond. */
const PIECE_BYTES = 64 * 1024

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Pictures as files under `root`, in 256 folders by the first two digits of the digest. What is read is compared with its
 * digest first, once for all who ask at the same time: a file that a disk or a power cut damaged is as if it were not there.
 *
 * @param onDamaged is told of such a file, once
 */
export function diskStore(root: string, onDamaged: (path: string) => void): BlobStore {
  const pathOf = (digest: string) => join(root, digest.slice(0, 2), digest)
  const damaged = new Set<string>()
  const looks = new Map<string, Promise<StoredBlob | undefined>>()

  async function look(digest: string): Promise<StoredBlob | undefined> {
    const path = pathOf(digest)
    const found = await ifThere(readThrough(path))
    if (!found) return undefined
    const { bytes, small } = found
    if (found.digest === digest) {
      damaged.delete(digest)
      return { bytes, open: () => small ?? createReadStream(path, { highWaterMark: PIECE_BYTES }) }
    }
    if (!damaged.has(digest)) onDamaged(path)
    damaged.add(digest)
    return undefined
  }

  return {
    // Beside it and renamed, so that nobody reads half of it, whoever writes the same picture at once.
    // Written again even where there is a file: it may be damaged, or its folder not synced yet.
    async put(digest, bytes) {
      const path = pathOf(digest)
      await makeFolderDurably(dirname(path))
      await writeDurably(path, bytes)
      damaged.delete(digest)
      looks.delete(digest)
    },
    find(digest) {
      const underWay = looks.get(digest)
      if (underWay) return underWay
      const found = look(digest).finally(() => looks.get(digest) === found && looks.delete(digest))
      looks.set(digest, found)
      return found
    },
    async sizeOf(digest) {
      // Another server that shares the folder may have written it again since.
      if (damaged.has(digest)) return (await this.find(digest))?.bytes
      return (await ifThere(stat(pathOf(digest))))?.size
    },
  }
}

interface ReadThrough {
  digest: string
  bytes: number
  /** The whole of it, where that is a piece. */
  small: Buffer | undefined
}

async function readThrough(path: string): Promise<ReadThrough> {
  const file = await open(path)
  try {
    return await digestInPieces(file)
  } finally {
    await file.close()
  }
}

async function digestInPieces(file: FileHandle): Promise<ReadThrough> {
  const hash = createHash('sha256')
  const { size } = await file.stat()
  const piece = Buffer.allocUnsafe(Math.min(size + 1, PIECE_BYTES))
  for (let bytes = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, piece.length)
    if (bytesRead === 0) return { digest: hash.digest('hex'), bytes, small: undefined }
    hash.update(piece.subarray(0, bytesRead))
    bytes += bytesRead
    if (bytes < piece.length) return { digest: hash.digest('hex'), bytes, small: piece.subarray(0, bytes) }
  }
}

async function ifThere<T>(looked: Promise<T>): Promise<T | undefined> {
  try {
    return await looked
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
