import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import pino, { type Logger } from 'pino'
import { findAccountByAppid } from './accounts/account.store.ts'
import { ensureApiKey } from './accounts/api-key.ts'
import { isSecret } from './accounts/secret.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { inDataDir, lockDataDir } from './data-dir.ts'
import { migrate } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open.ts'
import { listBeaconUuids } from './devices/device-batch.store.ts'
import { createApp } from './http/app.ts'
import { diskStore } from './pictures/disk-store.ts'
import { SANDBOX_ACCOUNT } from './sandbox/account.ts'
import { createServices, type Services } from './services.ts'

/** How long requests that are under way may take to end when the server stops, in milliseconds. */
const DRAIN_MS = 7000

export interface Server {
  /** Where it is reached on this machine. */
  url: string
  services: Services
  /** Finish what is in flight and let go of everything. */
  stop(): Promise<void>
}

/** Lines to stderr, written behind the requests' back; stdout holds the line that says it is ready. */
export function createLog(level: Config['logLevel']): Logger {
  return pino({ level, redact: ['*.secret', '*.access_token'] }, pino.destination({ dest: 2, sync: false }))
}

/**
 * Start a server: lock the data directory, migrate the database, seed the sandbox, listen, work.
 *
 * @throws Error that says in a sentence why it cannot start.
 */
export async function startServer(config: Config, log: Logger, clock: Clock = systemClock): Promise<Server> {
  const lock = lockDataDir(config.dataDir)
  const places = inDataDir(config.dataDir)
  const cleanups: (() => unknown)[] = [() => lock.release()]
  const undo = async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  }
  try {
    const db = await openDatabase({ databaseUrl: config.databaseUrl, sqlitePath: places.database }, (error) =>
      log.warn({ err: error }, 'a database connection broke'),
    )
    cleanups.push(() => db.destroy())
    await migrate(db)
    await ensureApiKey(db, clock, config.dataDir)

    let url = ''
    const { services, startWorkers, stopWorkers } = createServices({
      config,
      db,
      clock,
      log,
      blobs: diskStore(places.pictures),
      beaconUuids: await listBeaconUuids(db),
      publicUrl: () => config.publicUrl ?? url,
    })
    if (config.mode === 'sandbox') {
      const { seedSandbox } = await import('./sandbox/seed.ts')
      await seedSandbox(services)
    } else {
      await refuseSandboxSecret(db)
    }
    cleanups.push(() => services.outbound.close())
    const app = createApp(services)
    // Side by side: what either has under way may take seconds, and the whole has ten.
    cleanups.push(() => Promise.all([closeApp(app), stopWorkers()]))
    await app.listen({ host: config.host, port: config.port })
    url = toUrl(config, app.server.address() as AddressInfo)
    lock.publish(url)
    startWorkers()
    return { url, services, stop: undo }
  } catch (error) {
    await undo()
    throw error
  }
}

/** Answer what is under way and take nothing new. Who has not sent the whole of a request by the end is cut off. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
  await app.close()
  clearTimeout(cutOff)
}

/** @throws Error when everybody knows the secret of an account: the database has been a sandbox's. */
async function refuseSandboxSecret(db: Database): Promise<void> {
  const account = await findAccountByAppid(db, SANDBOX_ACCOUNT.appid)
  if (!account || !isSecret(SANDBOX_ACCOUNT.secret, account.secretHash)) return
  throw new Error(
    `the database holds the sandbox's account ${SANDBOX_ACCOUNT.appid}, whose secret is public: give production a database of its own, or give that account a new secret in the sandbox first`,
  )
}

function toUrl(config: Config, { address, port, family }: AddressInfo): string {
  const host = family === 'IPv6' ? `[${address}]` : address
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`
}
