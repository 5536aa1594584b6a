import type { Logger } from 'pino'
import type { AccountCache } from './accounts/account-cache.ts'
import { AccountNames } from './accounts/account-names.ts'
import { CALLER_TTL_MS, CallerCache } from './accounts/caller-cache.ts'
import { accountActivationKind } from './activations/account-activation.kind.ts'
import type { ApplicationKinds } from './applications/application-kind.ts'
import { pictureQueue } from './applications/picture.queue.ts'
import type { Review } from './applications/review.ts'
import { scheduledDecisionQueue } from './applications/scheduled-decision.queue.ts'
import { brandQualificationKind } from './brands/brand-qualification.kind.ts'
import type { Caches } from './caches.ts'
import { deliveryQueue } from './callbacks/delivery.queue.ts'
import { CategoryCache } from './categories/category-cache.ts'
import { categoryQualificationKind } from './categories/category-qualification.kind.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import { type BatchPolicy, deviceBatchKind } from './device-batches/device-batch.kind.ts'
import type { LiveBeaconScheme } from './device-batches/live-beacon-scheme.ts'
import { deviceQuotaKind } from './device-quota/device-quota.kind.ts'
import type { Entropy } from './entropy/entropy.ts'
import type { ApplicationWatch } from './events/application-watch.ts'
import type { Queue } from './jobs/queue.ts'
import { type Repeated, startRepeating } from './jobs/repeat.ts'
import type { QueueAge, Worker } from './jobs/worker.ts'
import { KeyCheck } from './keys/key-check.ts'
import { FailureLog } from './log/failure-log.ts'
import { RequestCounts } from './metrics/request-counts.ts'
import { createOutbound, type Outbound } from './outbound/outbound.ts'
import type { BlobStore } from './pictures/blob-store.ts'
import { createPictures, type Pictures } from './pictures/store-picture.ts'
import type { LivePolicy } from './policy/live-policy.ts'
import type { Reached } from './public-url.ts'
import { UsageMeter } from './quotas/usage-meter.ts'
import type { PictureReader } from './readings/picture-reader.ts'
import { forgetOldCalls } from './requests/forget-old-calls.ts'
import { RequestRecorder } from './requests/request-recorder.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import { BindingCache } from './shakes/binding-cache.ts'
import { DeviceOwners } from './shakes/device-owners.ts'
import type { Shakes } from './shakes/shake-nearby.ts'
import { TicketSeal } from './shakes/ticket.ts'
import { shopRegistrationKind } from './shop-access/shop-registration.kind.ts'
import { shopSceneKind } from './shop-access/shop-scene.kind.ts'
import type { createSignIn, SignInParts } from './sign-in/sign-in-parts.ts'
import { ShakeTally } from './statistics/shake-tally.ts'
import { storeKind } from './stores/store.kind.ts'
import type { Clock } from './time/clock.ts'
import { watchClock } from './time/watch-clock.ts'
import type { TokenIssuer } from './tokens/issue-token.ts'
import { SecretTries } from './tokens/secret-tries.ts'

/** Everything that the edges hand to the use cases, put together once. */
export interface Services {
  config: Config
  db: Database
  /** What is kept in memory of the database. */
  caches: Caches
  clock: Clock
  entropy: Entropy
  /** What a sandbox alone has. */
  sandbox: Sandbox | undefined
  log: Logger
  accountNames: AccountNames
  categories: CategoryCache
  review: Review
  issuer: TokenIssuer
  keys: KeyCheck
  /** What signing in needs: loaded by the first who does. */
  signIn: () => Promise<SignInParts>
  policy: LivePolicy
  /** Who tells listeners how applications change: loaded by the first of them. */
  watch: () => Promise<ApplicationWatch>
  pictures: Pictures
  /** Who reads pictures: loaded by the first of them. Absent where that is off. */
  reader: (() => Promise<PictureReader>) | undefined
  outbound: Outbound
  usage: UsageMeter
  requests: RequestRecorder
  secretTries: SecretTries
  shakes: Shakes
  beaconScheme: LiveBeaconScheme
  requestCounts: RequestCounts
  /** How many lines of the log could not be written since the start. */
  linesLost: () => number
  /** What the server does by itself. */
  queues: readonly Queue<Services>[]
  /** Who works at them in this process. */
  workers: readonly Worker[]
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
export function kindsUnder(policy: () => BatchPolicy, bindings: AccountCache): ApplicationKinds {
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

/** What every server does by itself: adding a queue is adding its file and its name here. */
const QUEUES: readonly Queue<Services>[] = [deliveryQueue, pictureQueue, scheduledDecisionQueue]

/** How often this process writes what it counted. Unit: milliseconds of the machine's time. */
const TELL_EVERY_MS = 1000
/** How often it reads again what operators change while servers run, as above. */
const READ_SETTINGS_EVERY_MS = 3000
/** How often it lays traces that are left to the backlog, as above. */
const LAY_TRACES_EVERY_MS = 3000
/** How often it deletes expired calls and checks the clock, as above. */
const LOOK_AROUND_EVERY_MS = 60_000

export interface Parts {
  config: Config
  db: Database
  caches: Caches
  clock: Clock
  entropy: Entropy
  sandbox?: Sandbox | undefined
  log: Logger
  linesLost: () => number
  blobs: BlobStore
  beaconScheme: LiveBeaconScheme
  policy: LivePolicy
  /** What tickets are sealed with. */
  ticketSecret: string
  publicUrl: (reached?: Reached) => string
  /** The nameservers for receivers and picture hosts. Default: the system's. */
  nameservers?: readonly string[]
  /** What stands before the way out. */
  wrapOutbound?: ((outbound: Outbound) => Outbound) | undefined
}

const loadSignIn = async (parts: Parameters<typeof createSignIn>[0]): Promise<SignInParts> =>
  (await import('./sign-in/sign-in-parts.ts')).createSignIn(parts)

const loadReader = async (packages: string | undefined): Promise<PictureReader> =>
  (await import('./readings/picture-reader.ts')).createReader(packages)

/** Put the parts together. The workers start with the first call of `startWorkers`. */
export function createServices(parts: Parts) {
  const {
    config,
    db,
    caches,
    clock,
    entropy,
    sandbox,
    log,
    linesLost,
    blobs,
    beaconScheme,
    policy,
    ticketSecret,
    publicUrl,
    nameservers,
    wrapOutbound = (outbound) => outbound,
  } = parts
  const workers: Worker[] = []
  const repeated: Pick<Worker, 'stop'>[] = []
  let watching: Promise<ApplicationWatch> | undefined
  let reader: Promise<PictureReader> | undefined
  const outbound = wrapOutbound(createOutbound({ allow: config.outboundAllow, nameservers }))
  const pictures = createPictures({ db, clock, entropy, blobs })
  const bindings = new BindingCache(db, caches)
  const unreadable = new FailureLog(log)
  const failures = new FailureLog(log)
  const review: Review = {
    db,
    clock,
    entropy,
    kinds: kindsUnder(() => policy.current, bindings),
    policy: () => policy.current,
    calendar: () => policy.calendar,
    onUnreadable: (error) => unreadable.tell(error, { application: error.applicationId }, 'a payload cannot be read'),
    outcomes: sandbox?.outcomes,
  }
  const queues: readonly Queue<Services>[] = [...QUEUES, ...(sandbox?.queues ?? [])]
  const tally = new ShakeTally({ db, clock, log, caches })
  const shakes = {
    owners: new DeviceOwners(db, caches),
    bindings,
    tickets: new TicketSeal(ticketSecret),
    tally,
  }
  // Nobody else writes to SQLite's file while this server has its folder.
  const callers = new CallerCache(caches, config.databaseUrl ? CALLER_TTL_MS.shared : CALLER_TTL_MS.alone)
  const issuer = { db, clock, entropy, callers }
  const usage = new UsageMeter({ db, clock, failures, caches })
  const requests = new RequestRecorder({ db, clock, failures, caches })
  let signIn: Promise<SignInParts> | undefined
  const services: Services = {
    config,
    db,
    caches,
    clock,
    entropy,
    sandbox,
    log,
    accountNames: new AccountNames(db, caches),
    categories: new CategoryCache(db, caches),
    review,
    issuer,
    keys: new KeyCheck({ db, clock, failures, caches }),
    signIn: () => {
      signIn ??= loadSignIn({ db, caches, clock, log, limits: config.sessions, oidc: config.oidc }).catch((error) => {
        // Tried again by the next, when the database is there again.
        signIn = undefined
        throw error
      })
      return signIn
    },
    policy,
    watch: () => {
      watching ??= import('./events/application-watch.ts').then(
        ({ ApplicationWatch }) => new ApplicationWatch({ db, clock, failures, caches }),
      )
      return watching
    },
    pictures,
    reader:
      config.ocr &&
      (() => {
        reader ??= loadReader(config.ocr?.packages).catch((error) => {
          reader = undefined
          throw error
        })
        return reader
      }),
    outbound,
    usage,
    requests,
    secretTries: new SecretTries(caches),
    shakes,
    beaconScheme,
    requestCounts: new RequestCounts(),
    linesLost,
    queues,
    workers,
    queueAges: () => workers.map((worker) => ({ queue: worker.name, ageMs: worker.age() })),
    publicUrl,
  }

  const startWorkers = () => {
    for (const queue of queues) workers.push(queue.startWorker(services))
    const count = { name: 'count-calls', everyMs: TELL_EVERY_MS, run: () => usage.writeAll() }
    const keep = { name: 'keep-requests', everyMs: TELL_EVERY_MS, run: () => requests.writeAll() }
    let lookedAt = 0
    const forget = {
      name: 'forget-old-calls',
      everyMs: LOOK_AROUND_EVERY_MS,
      run: async () => {
        lookedAt = await forgetOldCalls(services, lookedAt)
      },
    }
    const readUuids = { name: 'read-beacon-uuids', everyMs: READ_SETTINGS_EVERY_MS, run: () => beaconScheme.refresh() }
    const readPolicy = {
      name: 'read-policy',
      everyMs: READ_SETTINGS_EVERY_MS,
      run: () => policy.refresh(),
      notAtEnd: true,
    }
    let laidTo = 0
    const lay = {
      name: 'lay-traces',
      everyMs: LAY_TRACES_EVERY_MS,
      run: async () => {
        const { layTraces } = await import('./signals/lay-traces.ts')
        laidTo = await layTraces({ pictures, failures }, laidTo)
      },
    }
    let kept: string | undefined
    caches.register({
      empty() {
        kept = undefined
      },
    })
    const keepDue = {
      name: 'keep-due-times',
      notAtEnd: true,
      everyMs: LOOK_AROUND_EVERY_MS,
      run: async () => {
        const { keepDueTimes } = await import('./policy/keep-due-times.ts')
        // Not by what another server has changed a moment ago.
        await policy.refresh()
        const due = await keepDueTimes(review, kept)
        kept = due.kept
        const { moved } = due
        if (moved) log.info({ moved }, 'due times of open applications follow the calendar')
      },
    }
    const inGate = (work: Repeated): Repeated =>
      sandbox ? { ...work, run: () => sandbox.gate.run('work', undefined, work.run) } : work
    const look = watchClock(clock, log)
    const clockWatch = { name: 'watch-clock', everyMs: LOOK_AROUND_EVERY_MS, run: async () => look() }
    const countFaults = { name: 'count-faults', everyMs: TELL_EVERY_MS, run: async () => sandbox?.faults.write() }
    if (sandbox) repeated.push(startRepeating(countFaults, log))
    for (const work of [count, keep, forget, readUuids, readPolicy, keepDue, lay, clockWatch])
      repeated.push(startRepeating(inGate(work), log))
    tally.start()
  }
  const stopWorkers = async () => {
    const watch = await watching
    watch?.stop()
    ;(await reader?.catch(() => undefined))?.stop()
    await Promise.all(workers.map((worker) => worker.stop()))
  }
  /** Write what was counted: after the last request. */
  const stopCounting = async () => {
    await tally.stop()
    await Promise.all(repeated.map((work) => work.stop()))
    await Promise.all([usage.flush(), requests.flush()])
  }
  return { services, startWorkers, stopWorkers, stopCounting }
}
