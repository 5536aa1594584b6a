import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { findAccountByAppid } from './accounts/account.store.ts'
import { isSecret } from './accounts/secret.ts'
import { Caches } from './caches.ts'
import type { Config } from './config.ts'
import { inDataDir, lockDataDir } from './data-dir/data-dir.ts'
import { isDamage } from './db/damage.ts'
import { drawInstallationSecret } from './db/installation-secret.ts'
import { migrate } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open.ts'
import { LiveBeaconScheme } from './device-batches/live-beacon-scheme.ts'
import { type Entropy, systemEntropy } from './entropy/entropy.ts'
import { createAdminApp, createApp } from './http/app.ts'
import { Listeners } from './http/listeners.ts'
import { ensureFirstKey } from './keys/first-key.ts'
import { refuseLostDatabase } from './lost-database.ts'
import { diskStore } from './pictures/disk-store.ts'
import { LivePolicy } from './policy/live-policy.ts'
import { isWildcard, linksBeginWith, publicUrlOf } from './public-url.ts'
import { SANDBOX_ACCOUNT } from './sandbox/account.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import { createServices, type Services } from './services.ts'
import { inviteFirstOperator, toLink } from './staff/one-time-link.store.ts'
import { messageOf } from './thrown.ts'
import { type Clock, systemClock } from './time/clock.ts'

/** How long clients that send one request after another have to learn that the server stops. Unit: milliseconds. */
const GRACE_MS = 1000

/** Routes, and where they are listened for. */
interface Edge {
  app: FastifyInstance
  listeners: Listeners
}

const DAMAGED =
  'The database is damaged. Stop the server, keep what there is for whoever looks into it, and restore a backup.'

export interface Server {
  /** Where it is reached on this machine. */
  url: string
  services: Services
  /** Finish what is in flight and let go of everything. @param graceMs see `Listeners.close` */
  stop(graceMs?: number): Promise<void>
}

interface ServerOptions {
  /** Default: the machine's. */
  clock?: Clock
  /** Default: as `SANDBOX_SEED` says. */
  entropy?: Entropy
  /** Whom to ask for the addresses of receivers. Default: as the system does. */
  nameservers?: readonly string[] | undefined
  /** How many lines of the log could not be written. */
  linesLost?: () => number
  /** Told where the console is; while nobody can let others in, by a one-time link that makes the first operator. */
  tellConsole?: (link: string) => void
}

/**
 * Start a server: lock the data directory, migrate the database, seed the sandbox, listen, work.
 *
 * @throws Error that says in a sentence why it cannot start.
 */
export async function startServer(
  config: Config,
  log: Logger,
  { clock: machine = systemClock, entropy: given, nameservers, linesLost = () => 0, tellConsole }: ServerOptions = {},
): Promise<Server> {
  if (config.ocr) (await import('./readings/ocr-packages.ts')).findOcrPackages(config.ocr.packages)
  const lock = lockDataDir(config.dataDir)
  const places = inDataDir(config.dataDir)
  const cleanups: ((graceMs: number) => unknown)[] = [() => lock.release()]
  const undo = async (graceMs = GRACE_MS) => {
    for (const cleanup of cleanups.reverse()) await cleanup(graceMs)
  }
  try {
    const place = { databaseUrl: config.databaseUrl, sqlitePath: places.database }
    const db = await openDatabase(place, {
      onIdleError: (error) => log.warn({ err: error }, 'a database connection broke'),
      onDamage: (error) => log.fatal({ err: error }, `${DAMAGED} Nothing is read from it or written to it any more.`),
    })
    cleanups.push(() => db.destroy())
    await migrate(db, { onEmpty: () => refuseLostDatabase(config), tell: (line) => log.info(line) })
    const caches = new Caches()
    const sandbox = config.mode === 'sandbox' ? await openSandbox(db, machine, caches) : undefined
    const clock = sandbox?.clocks ?? machine
    const { entropy, ticketSecret } = await openChance(db, config.sandboxSeed)
    await ensureFirstKey(db, clock, config.dataDir)

    if (config.picturesDir) {
      const { openPictureFolder } = await import('./pictures/picture-folder.ts')
      await openPictureFolder(config.picturesDir, await drawInstallationSecret(db, 'picture_folder'))
    }

    const policy = new LivePolicy(db, config.policy, caches)
    await policy.refresh()
    let url = ''
    const { services, startWorkers, stopWorkers, stopCounting } = createServices({
      config,
      db,
      caches,
      clock,
      entropy: given ?? entropy,
      sandbox,
      log,
      linesLost,
      blobs: diskStore(config.picturesDir ?? places.pictures, (path) =>
        log.error({ path }, 'a picture is damaged and not served: upload it again'),
      ),
      beaconScheme: await LiveBeaconScheme.read(db, caches),
      policy,
      ticketSecret,
      publicUrl: (reached) => publicUrlOf(config, url, reached),
      nameservers,
    })
    if (config.mode === 'sandbox') {
      const { seedSandbox } = await import('./sandbox/seed.ts')
      await seedSandbox(services)
    } else {
      await refuseSandboxSecret(db)
    }
    cleanups.push(() => services.outbound.close(), stopCounting)
    const tls = config.tls && { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) }
    const edges: Edge[] = []
    // In parallel, because each may take seconds and all together have ten.
    cleanups.push((graceMs) => Promise.all([...edges.map((edge) => closeEdge(edge, graceMs)), stopWorkers()]))
    const open = (create: typeof createApp, listeners: Listeners): FastifyInstance => {
      const app = create(services, listeners)
      edges.push({ app, listeners })
      return app
    }
    const app = open(createApp, new Listeners(tls))
    const admin = config.admin && open(createAdminApp, new Listeners(undefined))
    await admin?.listen(config.admin)
    await app.listen({ host: config.host, port: config.port })
    url = toUrl(app, config.tls ? 'https' : 'http')
    log.info({ url, admin: admin && toUrl(admin, 'http'), linksBeginWith: linksBeginWith(config, url) }, 'listening')
    if (config.mode === 'production' && !config.publicUrl && isWildcard(config.host)) {
      log.warn('links to pictures name only addresses of this machine: set PUBLIC_URL to how the world reaches it')
    }
    lock.publish(url)
    // Before there is work to wait for.
    if (tellConsole) tellConsole(await linkToConsole(services))
    startWorkers()
    return { url, services, stop: undo }
  } catch (error) {
    await undo()
    throw isDamage(error) ? new Error(`${DAMAGED} ${messageOf(error)}`, { cause: error }) : error
  }
}

const openSandbox = async (db: Database, machine: Clock, caches: Caches): Promise<Sandbox> =>
  (await import('./sandbox/sandbox.ts')).openSandbox(db, machine, caches)

/** What is drawn, and what tickets are sealed with: both follow from a seed where there is one. */
async function openChance(db: Database, seed: string | undefined): Promise<{ entropy: Entropy; ticketSecret: string }> {
  if (!seed) return { entropy: systemEntropy, ticketSecret: await drawInstallationSecret(db, 'shake_ticket') }
  const { openSeed } = await import('./sandbox/seeded.ts')
  return await openSeed(db, seed)
}

async function linkToConsole({ db, clock, publicUrl }: Services): Promise<string> {
  // By its name: a browser keeps passkeys for names alone.
  const begin = publicUrl().replace('//127.0.0.1:', '//localhost:')
  const token = await inviteFirstOperator(db, clock)
  return token ? `${toLink(begin, token)} makes the first operator: once, within 24 hours` : `${begin}/console/`
}

/** @throws Error when everybody knows the secret of an account: the database has been a sandbox's. */
async function refuseSandboxSecret(db: Database): Promise<void> {
  const account = await findAccountByAppid(db, SANDBOX_ACCOUNT.appid)
  if (!account || !isSecret(SANDBOX_ACCOUNT.secret, account.secretHash)) return
  throw new Error(
    `the database holds the sandbox's account ${SANDBOX_ACCOUNT.appid}, whose secret is public: give production a database of its own, or give that account a new secret in the sandbox first`,
  )
}

async function closeEdge({ app, listeners }: Edge, graceMs: number): Promise<void> {
  await listeners.close(graceMs)
  await app.close()
}

/** Where the app is reached on this machine. */
function toUrl(app: FastifyInstance, protocol: 'http' | 'https'): string {
  const bound = app.server.address()
  if (bound === null || typeof bound === 'string') throw new Error(`the server has no port: ${bound}`)
  const { address, port, family } = bound
  const own = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return `${protocol}://${family === 'IPv6' ? `[${own}]` : own}:${port}`
}
