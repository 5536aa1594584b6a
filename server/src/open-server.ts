import type { Logger } from 'pino'
import { findAccountByAppid } from './accounts/account.store.ts'
import { isSecret } from './accounts/secret.ts'
import { Caches } from './caches.ts'
import type { Config } from './config.ts'
import { inDataDir } from './data-dir/data-dir.ts'
import { drawInstallationSecret } from './db/installation-secret.ts'
import { migrate } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open.ts'
import { LiveBeaconScheme } from './device-batches/live-beacon-scheme.ts'
import { type Entropy, SeededEntropy, systemEntropy } from './entropy/entropy.ts'
import { ensureFirstKey } from './keys/first-key.ts'
import { refuseLostDatabase } from './lost-database.ts'
import type { Outbound } from './outbound/outbound.ts'
import { diskStore } from './pictures/disk-store.ts'
import { LivePolicy } from './policy/live-policy.ts'
import type { Reached } from './public-url.ts'
import { SANDBOX_ACCOUNT } from './sandbox/account.ts'
import type { openSandbox as OpenSandbox } from './sandbox/sandbox.ts'
import { createServices, type Services } from './services.ts'
import { type Clock, systemClock } from './time/clock.ts'

export const DAMAGED =
  'The database is damaged. Stop the server, keep what there is for whoever looks into it, and restore a backup.'

/** A server without its edges: nobody reaches it from outside. */
export interface OpenServer {
  services: Services
  startWorkers(): void
  /** Take no more work and wait for what is under way. */
  stopWorkers(): Promise<void>
  /** Let go of everything: after the last request, and after the workers. */
  close(): Promise<void>
}

export interface OpenOptions {
  /** Default: the machine's. */
  clock?: Clock
  /** Default: as `SANDBOX_SEED` says. */
  entropy?: Entropy
  /** Whom to ask for the addresses of receivers. Default: as the system does. */
  nameservers?: readonly string[] | undefined
  /** How many lines of the log could not be written. */
  linesLost?: () => number
}

interface OpenParts extends OpenOptions {
  /** What links begin with, without a slash at the end. */
  publicUrl: (reached?: Reached) => string
  /** Whether nothing of SQLite's file is to outlive the process: no commit waits for the disk. */
  isThrowaway?: boolean
  /** What a sandbox is reset to. Default: one of its own, made at the first reset. */
  template?: () => Promise<string>
  /** What stands before the way out. */
  wrapOutbound?: (outbound: Outbound) => Outbound
}

/**
 * Open a server: migrate the database, seed the sandbox, put everything together. The data directory is the caller's alone.
 */
export async function openServer(config: Config, log: Logger, parts: OpenParts): Promise<OpenServer> {
  const { databaseUrl, dataDir } = config
  const place = { databaseUrl, sqlitePath: inDataDir(dataDir).database, isThrowaway: parts.isThrowaway }
  let db: Database | undefined
  try {
    db = await openDatabase(place, {
      onIdleError: (error) => log.warn({ err: error }, 'a database connection broke'),
      onDamage: (error) => log.fatal({ err: error }, `${DAMAGED} Nothing is read from it or written to it any more.`),
    })
    await migrate(db, { onEmpty: () => refuseLostDatabase(config), tell: (line) => log.info(line) })
    return await assemble(config, log, db, parts)
  } catch (error) {
    await db?.destroy()
    throw error
  }
}

async function assemble(config: Config, log: Logger, db: Database, parts: OpenParts): Promise<OpenServer> {
  const { clock: machine = systemClock, linesLost = () => 0, nameservers, publicUrl, wrapOutbound } = parts
  const caches = new Caches()
  const { entropy: drawn, ticketSecret } = await openChance(db, config.sandboxSeed)
  const { entropy = drawn } = parts
  const template = parts.template ?? (() => layTemplate(config, log, parts))
  const sandbox = config.mode === 'sandbox' ? await openSandbox({ db, caches, machine, entropy, template }) : undefined
  const clock = sandbox?.clocks ?? machine
  await ensureFirstKey(db, clock, config.dataDir)

  if (config.picturesDir) {
    const { openPictureFolder } = await import('./pictures/picture-folder.ts')
    await openPictureFolder(config.picturesDir, await drawInstallationSecret(db, 'picture_folder'))
  }

  const policy = new LivePolicy(db, config.policy, caches)
  await policy.refresh()
  const { services, startWorkers, stopWorkers, stopCounting } = createServices({
    config,
    db,
    caches,
    clock,
    entropy,
    sandbox,
    log,
    linesLost,
    blobs: diskStore(config.picturesDir ?? inDataDir(config.dataDir).pictures, (path) =>
      log.error({ path }, 'a picture is damaged and not served: upload it again'),
    ),
    beaconScheme: await LiveBeaconScheme.read(db, caches),
    policy,
    ticketSecret,
    publicUrl,
    nameservers,
    wrapOutbound,
  })
  if (config.mode === 'sandbox') {
    const { seedSandbox } = await import('./sandbox/seed.ts')
    await seedSandbox(services)
    if (config.sandboxSeedFile && sandbox) {
      const { seedFromFile } = await import('./sandbox/state/apply-seed-file.ts')
      await seedFromFile({ ...services, sandbox }, config.sandboxSeedFile)
    }
    if (entropy instanceof SeededEntropy) entropy.begin()
  } else {
    await refuseSandboxSecret(db)
    await refuseSetClocks(db)
  }
  return {
    services,
    startWorkers,
    stopWorkers,
    async close() {
      await stopCounting()
      await services.outbound.close()
      await db.destroy()
    },
  }
}

const openSandbox: typeof OpenSandbox = async (parts) => (await import('./sandbox/sandbox.ts')).openSandbox(parts)

/** A data directory as a new sandbox with these settings has it. */
async function layTemplate(config: Config, log: Logger, parts: OpenParts): Promise<string> {
  const { layTemplate } = await import('./sandbox/state/template.ts')
  return await layTemplate(config, parts.clock ?? systemClock, async (dataDir) => {
    const place = { dataDir, databaseUrl: undefined, picturesDir: undefined }
    const { entropy: _, ...others } = parts
    const { close } = await openServer({ ...config, ...place }, log, others)
    await close()
  })
}

/** What is drawn, and what tickets are sealed with: both follow from a seed where there is one. */
async function openChance(db: Database, seed: string | undefined): Promise<{ entropy: Entropy; ticketSecret: string }> {
  if (!seed) return { entropy: systemEntropy, ticketSecret: await drawInstallationSecret(db, 'shake_ticket') }
  const { openSeed } = await import('./sandbox/seeded.ts')
  return await openSeed(db, seed)
}

/** @throws Error when everybody knows the secret of an account: the database has been a sandbox's. */
async function refuseSandboxSecret(db: Database): Promise<void> {
  const account = await findAccountByAppid(db, SANDBOX_ACCOUNT.appid)
  if (!account || !isSecret(SANDBOX_ACCOUNT.secret, account.secretHash)) return
  throw new Error(
    `the database holds the sandbox's account ${SANDBOX_ACCOUNT.appid}, whose secret is public: give production a database of its own, or give that account a new secret in the sandbox first`,
  )
}

/** @throws Error when a sandbox has set a clock: tokens and due times are dated by it, and would hold for years */
async function refuseSetClocks(db: Database): Promise<void> {
  const { listClocks } = await import('./sandbox/clocks/clock.store.ts')
  if ((await listClocks(db)).length === 0) return
  throw new Error(
    'the database holds what a sandbox has dated by clocks that it set: give production a database of its own, or reset the sandbox first',
  )
}
