import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { TooManyWaiting } from '../fair-semaphore.ts'
import { Problem } from '../problem.ts'
import type { InspectedPicture } from './decoders.ts'
import { inspectPicture } from './inspect-picture.ts'
import type { PictureFormat } from './picture-format.ts'
import { type PictureFault, PictureRefused } from './picture-refused.ts'
import type { Pictures } from './store-picture.ts'

/** What a call says of a picture that is not taken. */
export type PictureProblems = Readonly<Record<PictureFault, ProblemCode>>

/**
 * Look at a picture that a merchant uploads.
 *
 * @throws Problem of `problems`, whose text on the wire tells what was seen; `quota.burst` when too many of the account's
 *   pictures wait for a decoder
 */
export async function inspectUpload(
  { decoders }: Pictures,
  accountId: number,
  bytes: Buffer,
  { formats, problems }: { formats: readonly PictureFormat[]; problems: PictureProblems },
): Promise<InspectedPicture> {
  try {
    return await inspectPicture(decoders, accountId, bytes, formats)
  } catch (error) {
    if (error instanceof PictureRefused) throw problemOf(problems[error.fault], error.message)
    throw error instanceof TooManyWaiting ? problemOf('quota.burst', error.message) : error
  }
}

/** Tells both dialects why. */
export const problemOf = (code: ProblemCode, why: string): Problem =>
  new Problem(code, why, `${problemRow(code).message}: ${why}`)
