/**
 * Where the bytes of pictures lie, under the SHA-256 of their content. Writing one twice is the same as once, so
 * several accounts share a picture without knowing of each other.
 */
export interface BlobStore {
  /** Resolves when the bytes are safe. What was damaged is whole again. */
  put(digest: string, bytes: Buffer): Promise<void>
  /** The bytes, if they are there and whole. */
  get(digest: string): Promise<Buffer | undefined>
}
