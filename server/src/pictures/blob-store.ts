import type { Readable } from 'node:stream'

/**
 * Where the bytes of pictures lie, under the SHA-256 of their content. Writing one twice is the same as once, so
 * several accounts share a picture without knowing of each other.
 */
export interface BlobStore {
  /** Resolves when the bytes are safe. What was damaged is whole again. */
  put(digest: string, bytes: Buffer): Promise<void>
  /** A picture that exists and is whole. All of it is read for the check, and little of it kept. */
  find(digest: string): Promise<StoredBlob | undefined>
  /** The size in bytes, unless the picture is known to be damaged. Little is read of one that is not. */
  sizeOf(digest: string): Promise<number | undefined>
}

export interface StoredBlob {
  /** How many. */
  bytes: number
  /** Read it, a piece at a time as these are taken. What is opened and not read to its end is to be destroyed. */
  open(): Readable | Buffer
}
