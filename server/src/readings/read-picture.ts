import type { LicenceField } from '@shenpi/sdk/contract/states'
import { getApplication } from '../applications/application.store.ts'
import type { ApplicationKey } from '../applications/application-id.ts'
import { listDigests } from '../applications/list-digests.ts'
import { formatOf } from '../pictures/picture-format.ts'
import { readHead } from '../pictures/read-head.ts'
import type { Pictures } from '../pictures/store-picture.ts'
import { Problem } from '../problem.ts'
import { readCodes } from '../signals/read-codes.ts'
import type { CodesOfPicture, PictureReader } from './picture-reader.ts'
import { type GreyPicture, ReadingFailed } from './reading-process.ts'

/** The longer side of a picture as it is read; a small one is enlarged to twice its size. Unit: pixels. */
const SIDE = 2000
const ENLARGED_MAX = 2

/** The credit codes that a picture shows and those that were typed. */
export interface PictureReading extends CodesOfPicture {
  typed: readonly string[]
}

/**
 * Read the credit codes of a picture of an application.
 *
 * @throws Problem `application.unknown`, `application.picture_unknown`
 */
export async function readPicture(
  { pictures, reader }: { pictures: Pictures; reader: PictureReader },
  key: ApplicationKey,
  { field, position }: { field: LicenceField; position: number },
): Promise<PictureReading> {
  const application = await getApplication(pictures.db, key)
  const digests = await listDigests(pictures.db, key)
  const digest = digests.find((picture) => picture.field === field && picture.position === position)?.digest
  if (!digest || (await pictures.blobs.sizeOf(digest)) === undefined) throw new Problem('application.picture_unknown')
  const reading = await reader.read(key.accountId, digest, () => unpack(pictures, key.accountId, digest))
  return { ...reading, typed: [...new Set(readCodes(application).map(({ code }) => code))] }
}

/** @throws ReadingFailed, DecodersBusy */
async function unpack({ blobs, decoders }: Pictures, accountId: number, digest: string): Promise<GreyPicture> {
  const opened = (await blobs.find(digest))?.open()
  if (!opened) throw new Problem('application.picture_unknown')
  const bytes = Buffer.isBuffer(opened) ? opened : Buffer.concat(await opened.toArray())
  const format = formatOf(bytes)
  if (!format) throw new ReadingFailed('the picture has no format')
  const head = readHead(bytes, format)
  const scale = Math.min(ENLARGED_MAX, SIDE / Math.max(head.width, head.height))
  const width = Math.max(1, Math.round(head.width * scale))
  const height = Math.max(1, Math.round(head.height * scale))
  return { width, height, grey: await decoders.shrink(accountId, head, { width, height }) }
}
