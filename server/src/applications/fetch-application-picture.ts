import { excerptOf } from '../excerpt.ts'
import { LOOKUP_WAIT_MS } from '../outbound/lookups.ts'
import { type Outbound, OutboundBusy, OutboundRefused } from '../outbound/outbound.ts'
import { DECODER_WAIT_MS, DecodersBusy, REWRITE_MAX_MS } from '../pictures/decoders.ts'
import { digestOf } from '../pictures/disk-store.ts'
import {
  downloadPicture,
  FETCH_TIMEOUT_MS,
  inspectDownload,
  isNoPicture,
  LinkFailed,
  type NoPicture,
} from '../pictures/fetch-picture.ts'
import { PictureRefused } from '../pictures/picture-refused.ts'
import { type Pictures, storePicture } from '../pictures/store-picture.ts'
import { insertTraces } from '../traces/trace.store.ts'
import { pictureTrace } from '../traces/trace.ts'
import { type PictureJob, savePicture } from './application-picture.store.ts'

/**
 * The longest that it takes to wait for lookups, to fetch a picture, to wait for a decoder and to unpack it: less than a
 * lease, so that none is fetched twice at once. Unit: milliseconds.
 */
export const PICTURE_JOB_MAX_MS = LOOKUP_WAIT_MS + FETCH_TIMEOUT_MS + DECODER_WAIT_MS + REWRITE_MAX_MS
const FAILURE_MAX = 300
/** Waits before the second, third and fourth try, in milliseconds. */
export const RETRY_GAPS_MS = [10_000, 60_000, 600_000] as const

/** Whether there was no place for the account's picture. */
const isBusy = (error: unknown): error is Error => error instanceof OutboundBusy || error instanceof DecodersBusy

/** Whether another attempt may succeed. */
function mayPass(error: NoPicture): boolean {
  if (error instanceof PictureRefused) return false
  if (error instanceof LinkFailed) return error.status >= 500 || error.status === 429
  return error.reason === 'timeout' || error.reason === 'connect' || error.reason === 'dns'
}

/**
 * Fetch a picture that an application names by a foreign link, once, and keep it for good: the reviewer sees what was there
 * at the submission. After the last attempt the reviewer sees why it is missing.
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
    const answer = await downloadPicture(outbound, job.accountId, job.reference)
    waitedMs = answer.durationMs
    const picture = await inspectDownload(pictures, job.accountId, answer)
    const linkKey = await storePicture(pictures, job.accountId, picture, 'shop')
    await insertTraces(pictures.db, job, [pictureTrace(digestOf(picture.bytes))])
    await savePicture(pictures.db, job, { state: 'stored', linkKey })
    return waitedMs
  } catch (error) {
    if (isBusy(error)) {
      await waitForPlace(pictures, job, error)
      return undefined
    }
    // Anything else is a fault on our side: the job comes back when its lease ends.
    if (!isNoPicture(error)) throw error
    await saveFailure(pictures, job, error)
    return error instanceof OutboundRefused ? error.durationMs || undefined : waitedMs
  }
}

/** The link is not to blame, so this was no attempt. */
async function waitForPlace({ db, clock }: Pictures, job: PictureJob, busy: Error): Promise<void> {
  const dueAt = new Date(clock.due(job.accountId) + RETRY_GAPS_MS[0])
  await savePicture(db, { ...job, attempts: job.attempts - 1 }, { state: 'waiting', failure: busy.message, dueAt })
}

async function saveFailure({ db, clock }: Pictures, job: PictureJob, reason: NoPicture): Promise<void> {
  const failure = excerptOf(reason.message, FAILURE_MAX)
  const gap = mayPass(reason) ? RETRY_GAPS_MS[job.attempts] : undefined
  if (gap === undefined) await savePicture(db, job, { state: 'failed', failure })
  else await savePicture(db, job, { state: 'waiting', failure, dueAt: new Date(clock.due(job.accountId) + gap) })
}
