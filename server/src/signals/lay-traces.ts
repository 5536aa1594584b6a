import type { Application } from '../applications/application.ts'
import { type DigestedPicture, listDigests } from '../applications/list-digests.ts'
import type { FailureLog } from '../log/failure-log.ts'
import { DecodersBusy } from '../pictures/decoders.ts'
import { formatOf } from '../pictures/picture-format.ts'
import { readHead } from '../pictures/read-head.ts'
import type { Pictures } from '../pictures/store-picture.ts'
import { insertLook } from '../traces/photo-look.store.ts'
import { LOOK_SIZE, lookOf, type PhotoLook, photoTraces } from '../traces/photo-look.ts'
import { insertTraces } from '../traces/trace.store.ts'
import { PHOTOS, pictureTrace, type Trace, tracesOf } from '../traces/trace.ts'
import { type Backlog, listBacklog, listUntraced, shortenBacklog } from './trace-backlog.store.ts'

interface Parts {
  pictures: Pictures
  failures: FailureLog
}

/** Accounts' backlogs that one round covers, and applications of each: an account with many waits for its next turn. */
const BACKLOGS_AT_ONCE = 50
const APPLICATIONS_AT_ONCE = 20
/** After this a round ends with the application that it is at. Unit: milliseconds of the machine's time. */
const ROUND_MS = 500

/**
 * Lay the traces of applications that are left to the backlog, one after another: those from before there were traces, and
 * the looks of stores' photos. It may be stopped at any point and run at two servers at once; what is laid twice is there
 * once.
 *
 * @param afterId the account where the last round ended; 0 at first
 * @returns the same for the next round; 0 when each has had a turn
 */
export async function layTraces(parts: Parts, afterId: number): Promise<number> {
  const { db, clock } = parts.pictures
  const endsAt = clock.machine() + ROUND_MS
  const isOver = () => clock.machine() >= endsAt
  const backlogs = await listBacklog(db, afterId, BACKLOGS_AT_ONCE)
  for (const backlog of backlogs) {
    if (isOver()) return backlog.accountId - 1
    try {
      await layTracesOf(parts, backlog, isOver)
    } catch (error) {
      const { accountId } = backlog
      parts.failures.tell(error, { account: accountId }, 'traces could not be laid and are tried again')
    }
  }
  return backlogs.length === BACKLOGS_AT_ONCE ? (backlogs.at(-1)?.accountId ?? 0) : 0
}

async function layTracesOf(parts: Parts, backlog: Backlog, isOver: () => boolean): Promise<void> {
  const { db } = parts.pictures
  const applications = await listUntraced(db, backlog, APPLICATIONS_AT_ONCE)
  let left = backlog.nextNo
  for (const application of applications) {
    const pictures = await listDigests(db, application)
    const digests = [...new Set(pictures.flatMap(({ digest }) => digest ?? []))]
    const traces = [...tracesOf(application.kind, application.payload), ...digests.map(pictureTrace)]
    await insertTraces(db, application, [...traces, ...(await layLooks(parts, application, pictures))])
    left = application.applicationNo - 1
    if (isOver()) break
  }
  const isDone = applications.length < APPLICATIONS_AT_ONCE && !isOver()
  await shortenBacklog(db, backlog, isDone ? backlog.firstNo - 1 : left)
}

/** @returns the traces of the application's photos */
async function layLooks(
  parts: Parts,
  application: Application,
  pictures: readonly DigestedPicture[],
): Promise<Trace[]> {
  const photos = new Set(pictures.flatMap(({ field, digest }) => (field === PHOTOS && digest ? digest : [])))
  const traces: Trace[] = []
  for (const digest of photos) {
    const look = await lookAt(parts, application.accountId, digest)
    if (!look) continue
    await insertLook(parts.pictures.db, application, { digest, look })
    traces.push(...photoTraces(look))
  }
  return traces
}

/** A photo that is lost or damaged has no look. @throws DecodersBusy */
async function lookAt(
  { pictures, failures }: Parts,
  accountId: number,
  digest: string,
): Promise<PhotoLook | undefined> {
  const blob = await pictures.blobs.find(digest)
  if (!blob) return undefined
  const opened = blob.open()
  const bytes = Buffer.isBuffer(opened) ? opened : Buffer.concat(await opened.toArray())
  const format = formatOf(bytes)
  if (!format) return undefined
  try {
    return lookOf(await pictures.decoders.shrink(accountId, readHead(bytes, format), LOOK_SIZE))
  } catch (error) {
    if (error instanceof DecodersBusy) throw error
    failures.tell(error, { digest }, 'a photo could not be looked at')
    return undefined
  }
}
