/**
 * Where the bytes of pictures lie, under the SHA-256 of their content. Writing one twice is the same as once, so
 * several accounts share a picture without knowing of each other.
 */
export interface BlobStore {
  /** Resolves when the bytes are safe. */
  put(digest: string, bytes: Buffer): Promise<void>
  get(digest: string): Promise<Buffer | undefined>
}
