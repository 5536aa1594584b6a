import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { problemOf } from '../problem.ts'
import { DecodersBusy } from './decoders.ts'
import { inspectPicture, PICTURE_MAX_BYTES } from './inspect-picture.ts'
import type { PictureFormat } from './picture-format.ts'
import { type PictureFault, PictureRefused, refuseLarge } from './picture-refused.ts'
import type { InspectedPicture } from './rewrite-picture.ts'
import type { Pictures } from './store-picture.ts'

/** A file that a merchant uploads. */
export interface PictureFile {
  /** Not all of them where it is larger than any picture may be. */
  bytes: Buffer
  /** Of the whole file. Unit: bytes. */
  size: number
}

/** The refusals of a call for a picture. */
export type PictureProblems = Readonly<Record<PictureFault, ProblemCode>>

/**
 * Inspect a picture that a merchant uploads.
 *
 * @throws Problem of `problems`, whose text on the wire tells what was seen; `quota.burst` when too many of the account's
 *   pictures wait for a decoder, `system.unavailable` when others' took too long
 */
export async function inspectUpload(
  { decoders }: Pick<Pictures, 'decoders'>,
  accountId: number,
  { bytes, size }: PictureFile,
  { formats, problems, maxBytes = PICTURE_MAX_BYTES }: UploadRules,
): Promise<InspectedPicture> {
  try {
    refuseLarge(maxBytes, size)
    return await inspectPicture(decoders, accountId, bytes, formats)
  } catch (error) {
    if (error instanceof PictureRefused) throw problemOf(problems[error.fault], error.message)
    if (error instanceof DecodersBusy) throw problemOf(error.code, error.message)
    throw error
  }
}

interface UploadRules {
  formats: readonly PictureFormat[]
  problems: PictureProblems
  /** The largest file that is taken; at most that of any picture, which is the default. */
  maxBytes?: number
}
