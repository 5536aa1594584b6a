import { buffer } from 'node:stream/consumers'
import { type ApiStateFile, STATE_FILE_MAX } from '@shenpi/sdk/contract/api'
import type { Account } from '../../accounts/account.ts'
import type { TableRows } from '../../db/sqlite/file-rows.ts'
import type { BlobStore } from '../../pictures/blob-store.ts'
import { Problem } from '../../problem.ts'
import { toStateFile } from './state-file.ts'
import { readState, type SnapshotParts } from './take-snapshot.ts'

export interface ExportParts extends SnapshotParts {
  pictures: { blobs: BlobStore }
}

/**
 * How an account stands, or everything, with its pictures.
 *
 * @throws Problem `snapshot.too_large`
 */
export async function exportState(parts: ExportParts, account: Account | undefined): Promise<ApiStateFile> {
  await parts.flush()
  const state = await readState(parts, account)
  const pictures = await readPictures(parts, state)
  const file = toStateFile(state, account?.appid, pictures)
  const { length } = JSON.stringify(file)
  if (length > STATE_FILE_MAX) throw new Problem('snapshot.too_large', `It has ${length} characters.`)
  return file
}

/** @throws Problem `snapshot.too_large` before too many are in memory */
async function readPictures({ pictures: { blobs } }: ExportParts, state: readonly TableRows[]) {
  const rows = state.flatMap(({ table, rows }) => (table === 'picture' ? rows : []))
  const pictures: ApiStateFile['pictures'] = []
  let left = STATE_FILE_MAX
  for (const digest of new Set(rows.map((row) => String(row.digest)))) {
    const blob = await blobs.find(digest)
    if (!blob) continue
    left -= blob.bytes
    if (left < 0) throw new Problem('snapshot.too_large', 'Its pictures are too large together.')
    const opened = blob.open()
    const bytes = Buffer.isBuffer(opened) ? opened : await buffer(opened)
    pictures.push({ digest, base64: bytes.toString('base64') })
  }
  return pictures
}
