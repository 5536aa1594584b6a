import type { Logger } from 'pino'
import type { AccountCache } from './accounts/account-cache.ts'
import { CallerCache } from './accounts/caller-cache.ts'
import { accountActivationKind } from './activations/account-activation.kind.ts'
import type { ApplicationKinds } from './applications/application-kind.ts'
import { PICTURES_PER_ACCOUNT, pictureQueue } from './applications/application-picture.store.ts'
import { fetchApplicationPicture, RETRY_GAPS_MS } from './applications/fetch-application-picture.ts'
import type { Review } from './applications/review.ts'
import { brandQualificationKind } from './brands/brand-qualification.kind.ts'
import { deliverCallback, RETRY_GAPS_S } from './callbacks/deliver-callback.ts'
import { DELIVERIES_PER_ACCOUNT, deliveryQueue } from './callbacks/delivery.store.ts'
import { categoryQualificationKind } from './categories/category-qualification.kind.ts'
import type { Config, Policy } from './config.ts'
import type { Database } from './db/open.ts'
import type { BeaconScheme } from './device-batches/beacon.ts'
import { deviceBatchKind } from './device-batches/device-batch.kind.ts'
import { deviceQuotaKind } from './device-quota/device-quota.kind.ts'
import type { Places, Turn } from './jobs/fair-claim.ts'
import type { JobTable } from './jobs/queue.ts'
import { startRepeating } from './jobs/repeat.ts'
import { type QueueAge, startWorker, type Worker } from './jobs/worker.ts'
import { RequestCounts } from './metrics/request-counts.ts'
import { createOutbound, type Outbound } from './outbound/outbound.ts'
import type { BlobStore } from './pictures/blob-store.ts'
import { createPictures, type Pictures } from './pictures/store-picture.ts'
import type { Reached } from './public-url.ts'
import { UsageMeter } from './quotas/usage-meter.ts'
import { forgetOldCalls } from './requests/forget-old-calls.ts'
import { RequestRecorder } from './requests/request-recorder.ts'
import { BindingCache } from './shakes/binding-cache.ts'
import { DeviceOwners } from './shakes/device-owners.ts'
import type { Shakes } from './shakes/shake-nearby.ts'
import { TicketSeal } from './shakes/ticket.ts'
import { shopRegistrationKind } from './shop-access/shop-registration.kind.ts'
import { shopSceneKind } from './shop-access/shop-scene.kind.ts'
import { ShakeTally } from './statistics/shake-tally.ts'
import { storeKind } from './stores/store.kind.ts'
import type { Clock } from './time/clock.ts'
import { watchClock } from './time/watch-clock.ts'
import type { TokenIssuer } from './tokens/issue-token.ts'
import { SecretTries } from './tokens/secret-tries.ts'

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
  usage: UsageMeter
  requests: RequestRecorder
  secretTries: SecretTries
  shakes: Shakes
  beaconScheme: BeaconScheme
  requestCounts: RequestCounts
  /** How many lines of the log could not be written since the start. */
  linesLost: () => number
  /** How far behind the queues are, as this process sees it. */
  queueAges: () => QueueAge[]
  /** What links begin with, without a slash at the end, for whoever reached the server so. Known once it listens. */
  publicUrl: (reached?: Reached) => string
}

/**
 * The kinds of application: adding one is adding its file and its row.
 *
 * @param bindings is told of what changes in them
 */
export function kindsUnder(policy: Policy, bindings: AccountCache): ApplicationKinds {
  return {
    account_activation: accountActivationKind,
    device_batch: deviceBatchKind(policy),
    device_quota: deviceQuotaKind,
    category_qualification: categoryQualificationKind,
    brand_qualification: brandQualificationKind,
    shop_registration: shopRegistrationKind,
    shop_scene: shopSceneKind,
    store: storeKind(bindings),
  }
}

/** Deliveries under way at once: one that waits for its merchant's server costs little more than a socket. */
const DELIVERY_PLACES: Places = { total: 500, slow: 200, perAccount: DELIVERIES_PER_ACCOUNT, perSlowAccount: 2 }
const DELIVERY_GAPS_MS = RETRY_GAPS_S.map((gap) => gap * 1000)
/** Pictures under way at once: each may take up to 2 MB. */
const PICTURE_PLACES: Places = { total: 128, slow: 96, perAccount: PICTURES_PER_ACCOUNT, perSlowAccount: 1 }

/** How often this process writes what it counted. Unit: milliseconds of the machine's time. */
const TELL_EVERY_MS = 1000
/** How often it deletes expired calls and checks the clock, as above. */
const LOOK_AROUND_EVERY_MS = 60_000

export interface Parts {
  config: Config
  db: Database
  clock: Clock
  log: Logger
  linesLost: () => number
  blobs: BlobStore
  beaconScheme: BeaconScheme
  /** What tickets are sealed with. */
  ticketSecret: string
  publicUrl: (reached?: Reached) => string
  /** The nameservers for receivers and picture hosts. Default: the system's. */
  nameservers?: readonly string[]
}

/** Wire the parts together. The workers start with the first call of `startWorkers`. */
export function createServices(parts: Parts) {
  const { config, db, clock, log, linesLost, blobs, beaconScheme, ticketSecret, publicUrl, nameservers } = parts
  const workers: Worker[] = []
  const repeated: Pick<Worker, 'stop'>[] = []
  const outbound = createOutbound({ allow: config.outboundAllow, nameservers })
  const pictures = createPictures({ db, clock, blobs })
  const onChange = (accountId: number) => {
    for (const worker of workers) worker.wake(accountId)
  }
  const bindings = new BindingCache(db)
  const review: Review = {
    db,
    clock,
    kinds: kindsUnder(config.policy, bindings),
    reviewWorkingDays: config.policy.reviewWorkingDays,
    onChange,
  }
  const tally = new ShakeTally(db, clock, log, onChange)
  const shakes = {
    owners: new DeviceOwners(db),
    bindings,
    tickets: new TicketSeal(ticketSecret),
    tally,
  }
  const issuer = { db, clock, callers: new CallerCache() }
  const usage = new UsageMeter({ db, clock })
  const requests = new RequestRecorder({ db, clock })
  const services: Services = {
    config,
    db,
    clock,
    log,
    review,
    issuer,
    pictures,
    outbound,
    usage,
    requests,
    secretTries: new SecretTries(),
    shakes,
    beaconScheme,
    requestCounts: new RequestCounts(),
    linesLost,
    queueAges: () => workers.map((worker) => ({ queue: worker.name, ageMs: worker.age() })),
    publicUrl,
  }

  const jobsOf = <Job>(queue: JobTable<Job>, gapsMs: readonly number[]) => ({
    listDue: (after: number) => queue.listDue(db, clock.machine(), after),
    claim: (turn: Turn) => queue.claim(db, clock.machine(), turn),
    bringForward: () => queue.bringForward(db, clock.machine(), gapsMs),
  })
  const startWorkers = () => {
    const deliveries = {
      name: 'deliveries',
      places: DELIVERY_PLACES,
      ...jobsOf(deliveryQueue, DELIVERY_GAPS_MS),
      run: deliverCallback.bind(null, services),
    }
    const pictureJobs = {
      name: 'pictures',
      places: PICTURE_PLACES,
      ...jobsOf(pictureQueue, RETRY_GAPS_MS),
      run: fetchApplicationPicture.bind(null, pictures, outbound),
    }
    workers.push(startWorker(deliveries, services), startWorker(pictureJobs, services))
    const count = { name: 'count-calls', everyMs: TELL_EVERY_MS, run: () => usage.flush() }
    const keep = { name: 'keep-requests', everyMs: TELL_EVERY_MS, run: () => requests.flush() }
    let lookedAt = 0
    const forget = {
      name: 'forget-old-calls',
      everyMs: LOOK_AROUND_EVERY_MS,
      run: async () => {
        lookedAt = await forgetOldCalls(services, lookedAt)
      },
    }
    const look = watchClock(clock, log)
    const clockWatch = { name: 'watch-clock', everyMs: LOOK_AROUND_EVERY_MS, run: async () => look() }
    for (const work of [count, keep, forget, clockWatch]) repeated.push(startRepeating(work, log))
    tally.start()
  }
  const stopWorkers = () => Promise.all(workers.map((worker) => worker.stop()))
  /** Write what was counted: after the last request. */
  const stopCounting = async () => {
    await tally.stop()
    await Promise.all(repeated.map((work) => work.stop()))
  }
  return { services, startWorkers, stopWorkers, stopCounting }
}
