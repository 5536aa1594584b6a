import { AsyncLocalStorage } from 'node:async_hooks'
import { WIRE_CALLS } from '@shenpi/sdk/calls/wire'
import type { FastifyInstance } from 'fastify'
import { createApp, createWireApp } from 'shenpi/src/http/app.ts'
import { Listeners } from 'shenpi/src/http/listeners.ts'
import { toUrl } from 'shenpi/src/main.ts'
import type { Services } from 'shenpi/src/services.ts'
import type { UnderWay } from './under-way.ts'

const WIRE_PATHS: ReadonlySet<string> = new Set(
  Object.values(WIRE_CALLS).flatMap((subject) => Object.values(subject).map(({ path }) => path)),
)

/** What closes the connection that a request in process does not have. */
export const connection = new AsyncLocalStorage<() => void>()

/**
 * What answers: an app of the wire alone, and one of everything, each from the first request on that needs it. Most tests need
 * no more than the wire, and everything is two hundred routes more.
 */
export class Edges {
  readonly #services: Services
  /** What is asked of them. */
  readonly underWay: UnderWay
  readonly #listeners = new Listeners(undefined)
  #wire: Promise<FastifyInstance> | undefined
  #whole: Promise<FastifyInstance> | undefined

  constructor(services: Services, underWay: UnderWay) {
    this.#services = services
    this.underWay = underWay
  }

  /** The app that answers to a path. */
  of(path: string): Promise<FastifyInstance> {
    if (!WIRE_PATHS.has(path)) return this.#everything()
    this.#wire ??= this.#open(createWireApp)
    return this.#wire
  }

  /** On a free port of this machine. @returns where it is reached */
  async listen(): Promise<string> {
    const app = await this.#everything()
    await app.listen({ host: '127.0.0.1', port: 0 })
    return toUrl(app, 'http')
  }

  async close(): Promise<void> {
    await this.#listeners.close(0)
    await Promise.all([this.#wire, this.#whole].map(async (app) => (await app)?.close()))
  }

  #everything(): Promise<FastifyInstance> {
    this.#whole ??= this.#open(createApp)
    return this.#whole
  }

  async #open(create: typeof createApp): Promise<FastifyInstance> {
    const app = create(this.#services, this.#listeners)
    // A fault cuts the connection of a request in process, too.
    app.addHook('onRequest', (request, _reply, done) => {
      const cut = connection.getStore()
      if (cut) Object.assign(request.raw.socket, { destroy: cut, destroySoon: cut })
      done()
    })
    await app.ready()
    return app
  }
}
