import { type PictureJob, savePicture } from '../applications/picture.store.ts'
import type { Outbound } from '../outbound/outbound.ts'
import { inspectPicture, PICTURE_MAX_BYTES } from './inspect-picture.ts'
import { type Pictures, storePicture } from './store-picture.ts'

const FETCH_TIMEOUT_MS = 5000
/** Waits before the second, third and fourth try, in milliseconds. */
const RETRY_GAPS_MS = [10_000, 60_000, 600_000] as const

/** A link that answered, but not with a picture. */
export class LinkFailed extends Error {}

/** @throws LinkFailed, OutboundRefused or PictureRefused, which say why the picture is not to be had. */
export async function fetchPicture(outbound: Outbound, url: string) {
  const answer = await outbound.send({ method: 'GET', url, timeoutMs: FETCH_TIMEOUT_MS, maxBytes: PICTURE_MAX_BYTES })
  if (answer.status !== 200) throw new LinkFailed(`the link answered HTTP ${answer.status}`)
  return await inspectPicture(answer.body)
}

/**
 * Fetch a picture that an application names by a foreign link, once, and keep it for good: the reviewer sees what was
 * there when it was submitted. After the last try the reviewer is shown why there is none.
 */
export async function fetchApplicationPicture(pictures: Pictures, outbound: Outbound, job: PictureJob): Promise<void> {
  try {
    const picture = await fetchPicture(outbound, job.reference)
    const linkKey = await storePicture(pictures, job.accountId, picture, 'shop')
    await savePicture(pictures.db, job, { state: 'stored', linkKey })
  } catch (error) {
    const failure = (error as Error).message.slice(0, 300)
    const gap = RETRY_GAPS_MS[job.attempts]
    if (gap === undefined) return savePicture(pictures.db, job, { state: 'failed', failure })
    const dueAt = new Date(pictures.clock.now().getTime() + gap)
    await savePicture(pictures.db, job, { state: 'waiting', failure, dueAt })
  }
}
