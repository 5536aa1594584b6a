import type { Logger } from 'pino'
import type { TokenIssuer } from './accounts/issue-token.ts'
import { TokenCache } from './accounts/token-cache.ts'
import { accountActivationKind } from './activations/account-activation.kind.ts'
import type { ApplicationKinds } from './applications/application-kind.ts'
import { claimPictures } from './applications/picture.store.ts'
import type { Review } from './applications/review.ts'
import { deliverCallback } from './callbacks/deliver-callback.ts'
import { claimDeliveries } from './callbacks/delivery.store.ts'
import type { Clock } from './clock.ts'
import type { Config, Policy } from './config.ts'
import type { Database } from './db/open.ts'
import { deviceBatchKind } from './devices/device-batch.kind.ts'
import { startWorker, type Worker } from './jobs/worker.ts'
import { createOutbound, type Outbound } from './outbound/outbound.ts'
import type { BlobStore } from './pictures/blob-store.ts'
import { fetchApplicationPicture } from './pictures/fetch-picture.ts'
import type { Pictures } from './pictures/store-picture.ts'
import { categoryQualificationKind } from './shops/category-qualification.kind.ts'

/** Everything that the edges hand to the use cases, wired together once. */
export interface Services {
  config: Config
  db: Database
  clock: Clock
  log: Logger
  review: Review
  issuer: TokenIssuer
  pictures: Pictures
  outbound: Outbound
  /** The operator's beacon UUIDs, in order. */
  beaconUuids: readonly string[]
  /** How the world reaches the server, without a slash at the end. Known once it listens. */
  publicUrl: () => string
}

/** The kinds of application: adding one is adding its file and its row. */
function kindsUnder(policy: Policy): ApplicationKinds {
  return {
    account_activation: accountActivationKind,
    device_batch: deviceBatchKind(policy),
    category_qualification: categoryQualificationKind,
  }
}

/** How long a worker may be at a delivery or a picture before another may take it over. Unit: milliseconds. */
const LEASE_MS = 30_000
/** Deliveries and pictures under way at once. */
const DELIVERIES_AT_ONCE = 64
const PICTURES_AT_ONCE = 8

export interface Parts {
  config: Config
  db: Database
  clock: Clock
  log: Logger
  blobs: BlobStore
  beaconUuids: readonly string[]
  publicUrl: () => string
}

/** Wire the parts together. The workers start with the first call of `startWorkers`. */
export function createServices({ config, db, clock, log, blobs, beaconUuids, publicUrl }: Parts) {
  const workers: Worker[] = []
  const outbound = createOutbound({ allow: config.outboundAllow })
  const pictures = { db, clock, blobs }
  const review: Review = {
    db,
    clock,
    kinds: kindsUnder(config.policy),
    reviewWorkingDays: config.policy.reviewWorkingDays,
    onChange: () => {
      for (const worker of workers) worker.wake()
    },
  }
  const issuer = { db, clock, tokens: new TokenCache() }
  const services: Services = { config, db, clock, log, review, issuer, pictures, outbound, beaconUuids, publicUrl }

  const startWorkers = () => {
    const deliveries = {
      name: 'deliver-callback',
      claim: (limit: number) => claimDeliveries(db, clock.now(), limit, LEASE_MS),
      run: deliverCallback.bind(null, services),
      concurrency: DELIVERIES_AT_ONCE,
    }
    const pictureJobs = {
      name: 'fetch-picture',
      claim: (limit: number) => claimPictures(db, clock.now(), limit, LEASE_MS),
      run: fetchApplicationPicture.bind(null, pictures, outbound),
      concurrency: PICTURES_AT_ONCE,
    }
    workers.push(startWorker(deliveries, log), startWorker(pictureJobs, log))
  }
  const stopWorkers = () => Promise.all(workers.map((worker) => worker.stop()))
  return { services, startWorkers, stopWorkers }
}
