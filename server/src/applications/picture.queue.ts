import { defineQueue } from '../jobs/queue.ts'
import type { Outbound } from '../outbound/outbound.ts'
import type { Pictures } from '../pictures/store-picture.ts'
import { toPictureJob } from './application-picture.store.ts'
import { fetchApplicationPicture, RETRY_GAPS_MS } from './fetch-application-picture.ts'

/** The pictures of applications that are still to be fetched. */
export const pictureQueue = defineQueue({
  name: 'pictures',
  table: 'application_picture',
  key: { application_no: 'number', field: 'string', position: 'number' },
  waiting: 'waiting',
  share: 2,
  // Each may take up to 2 MB.
  places: { total: 128, slow: 96, perSlowAccount: 1 },
  // Longer than a picture can take: PICTURE_JOB_MAX_MS.
  leaseMs: 70_000,
  retryGapsMs: RETRY_GAPS_MS,
  toJob: toPictureJob,
  run: ({ pictures, outbound }: { pictures: Pictures; outbound: Outbound }, job) =>
    fetchApplicationPicture(pictures, outbound, job),
})
