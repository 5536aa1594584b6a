import { type PictureJob, savePicture } from '../applications/application-picture.store.ts'
import { excerptOf } from '../excerpt.ts'
import { LOOKUP_WAIT_MS } from '../outbound/lookups.ts'
import { type Outbound, type OutboundAnswer, OutboundBusy, OutboundRefused, redirectIn } from '../outbound/outbound.ts'
import { DECODER_WAIT_MS, DecodersBusy, REWRITE_MAX_MS } from './decoders.ts'
import { inspectPicture, PICTURE_MAX_BYTES } from './inspect-picture.ts'
import { SHOP_FORMATS } from './picture-format.ts'
import { PictureRefused } from './picture-refused.ts'
import { type Pictures, storePicture } from './store-picture.ts'

/** For a link to answer with its picture. Unit: milliseconds. */
const FETCH_TIMEOUT_MS = 5000
/** How often a picture's host may send elsewhere, as hosts of files do. */
const REDIRECTS_MAX = 3
/**
 * The longest that it takes to wait for lookups, to fetch a picture, to wait for a decoder and to unpack it: less than a
 * lease, so that none is fetched twice at once. Unit: milliseconds.
 */
export const PICTURE_JOB_MAX_MS = LOOKUP_WAIT_MS + FETCH_TIMEOUT_MS + DECODER_WAIT_MS + REWRITE_MAX_MS
const FAILURE_MAX = 300
/** Waits before the second, third and fourth try, in milliseconds. */
export const RETRY_GAPS_MS = [10_000, 60_000, 600_000] as const

/** A link that answered, but not with HTTP 200. */
export class LinkFailed extends Error {
  readonly status: number
  constructor(status: number, isRedirect: boolean) {
    super(`the link answered HTTP ${status}${isRedirect ? `, at most ${REDIRECTS_MAX} redirects are followed` : ''}`)
    this.name = 'LinkFailed'
    this.status = status
  }
}

/** Why a link gave no picture. */
export type NoPicture = LinkFailed | OutboundRefused | PictureRefused

export function isNoPicture(error: unknown): error is NoPicture {
  return error instanceof LinkFailed || error instanceof OutboundRefused || error instanceof PictureRefused
}

/** Whether there was no place for the account's picture. */
const isBusy = (error: unknown): error is Error => error instanceof OutboundBusy || error instanceof DecodersBusy

/** Whether another try may find what this one did not. */
function mayPass(error: NoPicture): boolean {
  if (error instanceof PictureRefused) return false
  if (error instanceof LinkFailed) return error.status >= 500 || error.status === 429
  return error.reason === 'timeout' || error.reason === 'connect' || error.reason === 'dns'
}

/**
 * @throws LinkFailed, OutboundRefused or PictureRefused, which say why the picture is not to be had
 * @throws what `Decoders.rewrite` throws when there is no decoder for it
 */
export async function fetchPicture({ decoders }: Pictures, outbound: Outbound, accountId: number, url: string) {
  const answer = await download(outbound, accountId, url)
  return await inspectPicture(decoders, accountId, pictureIn(answer), SHOP_FORMATS)
}

async function download(outbound: Outbound, accountId: number, url: string): Promise<OutboundAnswer> {
  const limits = { timeoutMs: FETCH_TIMEOUT_MS, maxBytes: PICTURE_MAX_BYTES, redirectsMax: REDIRECTS_MAX }
  return await outbound.send({ accountId, method: 'GET', url, ...limits })
}

/** @throws LinkFailed */
function pictureIn(answer: OutboundAnswer): Buffer {
  if (answer.status !== 200) throw new LinkFailed(answer.status, redirectIn(answer) !== undefined)
  return answer.body
}

/**
 * Fetch a picture that an application names by a foreign link, once, and keep it for good: the reviewer sees what was
 * there when it was submitted. After the last try the reviewer is shown why there is none.
 *
 * @returns how long the link's server took, in milliseconds, or undefined when there was no place for the picture
 */
export async function fetchApplicationPicture(
  pictures: Pictures,
  outbound: Outbound,
  job: PictureJob,
): Promise<number | undefined> {
  let waitedMs: number | undefined
  try {
    const answer = await download(outbound, job.accountId, job.reference)
    waitedMs = answer.durationMs
    const picture = await inspectPicture(pictures.decoders, job.accountId, pictureIn(answer), SHOP_FORMATS)
    const linkKey = await storePicture(pictures, job.accountId, picture, 'shop')
    await savePicture(pictures.db, job, { state: 'stored', linkKey })
  } catch (error) {
    const after = (gapMs: number) => new Date(pictures.clock.machine() + gapMs)
    if (isBusy(error)) {
      // The link is not to blame: this was no try of its own.
      const again = { ...job, attempts: job.attempts - 1 }
      const dueAt = after(RETRY_GAPS_MS[0])
      await savePicture(pictures.db, again, { state: 'waiting', failure: error.message, dueAt })
      return undefined
    }
    // Anything else is a fault on our side: the job comes back when its lease ends.
    if (!isNoPicture(error)) throw error
    if (error instanceof OutboundRefused) waitedMs = error.durationMs || undefined
    const failure = excerptOf(error.message, FAILURE_MAX)
    const gap = mayPass(error) ? RETRY_GAPS_MS[job.attempts] : undefined
    const dueAt = gap === undefined ? undefined : after(gap)
    await savePicture(pictures.db, job, dueAt ? { state: 'waiting', failure, dueAt } : { state: 'failed', failure })
  }
  return waitedMs
}
