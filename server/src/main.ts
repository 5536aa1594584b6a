import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { lockDataDir } from './data-dir/data-dir.ts'
import { isDamage } from './db/damage.ts'
import { createAdminApp, createApp } from './http/app.ts'
import { Listeners } from './http/listeners.ts'
import { DAMAGED, type OpenOptions, openServer } from './open-server.ts'
import { isWildcard, linksBeginWith, publicUrlOf } from './public-url.ts'
import type { Services } from './services.ts'
import { inviteFirstOperator, toLink } from './staff/one-time-link.store.ts'
import { messageOf } from './thrown.ts'

/** How long clients that send one request after another have to learn that the server stops. Unit: milliseconds. */
const GRACE_MS = 1000

/** Routes, and where they are listened for. */
interface Edge {
  app: FastifyInstance
  listeners: Listeners
}

export interface Server {
  /** Where it is reached on this machine. */
  url: string
  services: Services
  /** Finish what is in flight and let go of everything. @param graceMs see `Listeners.close` */
  stop(graceMs?: number): Promise<void>
}

interface ServerOptions extends OpenOptions {
  /** Told where the console is; while nobody can let others in, by a one-time link that makes the first operator. */
  tellConsole?: (link: string) => void
}

/**
 * Start a server: lock the data directory, open it, listen, work.
 *
 * @throws Error that says in a sentence why it cannot start.
 */
export async function startServer(
  config: Config,
  log: Logger,
  { tellConsole, ...options }: ServerOptions = {},
): Promise<Server> {
  if (config.ocr) (await import('./readings/ocr-packages.ts')).findOcrPackages(config.ocr.packages)
  const lock = lockDataDir(config.dataDir)
  const cleanups: ((graceMs: number) => unknown)[] = [() => lock.release()]
  const undo = async (graceMs = GRACE_MS) => {
    for (const cleanup of cleanups.reverse()) await cleanup(graceMs)
  }
  try {
    let url = ''
    const publicUrl: Services['publicUrl'] = (reached) => publicUrlOf(config, url, reached)
    const { services, startWorkers, stopWorkers, close } = await openServer(config, log, { ...options, publicUrl })
    cleanups.push(close)
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

async function linkToConsole({ db, clock, publicUrl }: Services): Promise<string> {
  // By its name: a browser keeps passkeys for names alone.
  const begin = publicUrl().replace('//127.0.0.1:', '//localhost:')
  const token = await inviteFirstOperator(db, clock)
  return token ? `${toLink(begin, token)} makes the first operator: once, within 24 hours` : `${begin}/console/`
}

async function closeEdge({ app, listeners }: Edge, graceMs: number): Promise<void> {
  await listeners.close(graceMs)
  await app.close()
}

/** Where the app is reached on this machine. */
export function toUrl(app: FastifyInstance, protocol: 'http' | 'https'): string {
  const bound = app.server.address()
  if (bound === null || typeof bound === 'string') throw new Error(`the server has no port: ${bound}`)
  const { address, port, family } = bound
  const own = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return `${protocol}://${family === 'IPv6' ? `[${own}]` : own}:${port}`
}
