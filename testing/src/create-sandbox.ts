import { cpSync, readFileSync } from 'node:fs'
import { createApiClient } from '@shenpi/sdk/client'
import { apiKeyPath } from 'shenpi/src/keys/key-file.ts'
import { type OpenServer, openServer } from 'shenpi/src/open-server.ts'
import { saveClock } from 'shenpi/src/sandbox/clocks/clock.store.ts'
import { SERVER } from 'shenpi/src/time/account-clocks.ts'
import { checkOptions } from './check-options.ts'
import { configOf, refusePlaces, SILENT } from './config.ts'
import { Edges } from './edges.ts'
import { Faults } from './faults.ts'
import { fetchFrom } from './in-process.ts'
import { keptFolder } from './kept-folder.ts'
import { readTime } from './read-time.ts'
import { Sandbox } from './sandbox.ts'
import { templateOf } from './template.ts'
import { type Folder, newFolder } from './temporary-folder.ts'
import { UnderWay } from './under-way.ts'
import { type HostTable, wayOut } from './way-out.ts'

export interface SandboxOptions {
  /** What is given by chance follows from it: two runs are equal to the byte. */
  seed?: string
  /** The time at which its clock stands until a test moves it; a text says its zone. Default: it runs with the machine's. */
  frozenAt?: Date | string
  /** Settings of docs/configuration.md, such as `{ QUICK_REVIEW_MAX: '0' }`. */
  settings?: Readonly<Record<string, string>>
  /**
   * A folder for its data, which stays there: `DATA_DIR=… npx shenpi serve` opens it. A new one, an empty one, or that of the
   * test's last run, whose data goes.
   */
  keep?: string
}

/** Where links begin until there is a port. */
const NOWHERE = 'http://sandbox.test'

/**
 * Open a whole Shenpi in this process, without a port.
 *
 * @example
 * await using sandbox = await createSandbox({ seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' })
 * const merchant = await sandbox.account({ activated: true })
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkOptions('createSandbox', options, { seed: 'any', frozenAt: 'any', settings: 'any', keep: 'any' })
  const { settings = {}, keep, frozenAt } = options
  refusePlaces(settings)
  const checked = frozenAt === undefined ? options : { ...options, frozenAt: readTime('frozenAt', frozenAt) }
  const template = await templateOf(settings)
  return await openSandbox(keep === undefined ? newFolder() : keptFolder(keep), checked, template)
}

/**
 * The same in a data directory that is there.
 *
 * @param template what it begins as a copy of
 * @internal
 */
export async function openSandbox(place: Folder, options: SandboxOptions, template?: string): Promise<Sandbox> {
  const { seed, frozenAt, settings = {}, keep } = options
  const { path: folder } = place
  // Whatever fails below, nothing stays open.
  await using opening = new AsyncDisposableStack()
  opening.defer(() => place.letGo())
  if (template) cpSync(template, folder, { recursive: true })
  const hosts: HostTable = new Map()
  let begin = NOWHERE
  const server = await openServer(configOf(folder, { ...settings, ...(seed && { SANDBOX_SEED: seed }) }), SILENT, {
    publicUrl: () => begin,
    isThrowaway: true,
    template: () => templateOf(settings),
    wrapOutbound: (outbound) => wayOut(hosts, outbound),
  })
  opening.defer(() => server.close())
  const freeze = async () => {
    if (frozenAt !== undefined) await freezeAt(server, new Date(frozenAt))
  }
  await freeze()
  const { services } = server
  server.startWorkers()
  opening.defer(() => server.stopWorkers())
  const underWay = new UnderWay()
  const edges = new Edges(services, underWay)
  opening.defer(() => edges.close())
  const fetch = fetchFrom(edges)
  const key = readFileSync(apiKeyPath(folder), 'utf8').trim()
  const api = createApiClient({ url: NOWHERE, key, fetch })
  const faults = new Faults(api)
  const publish = (url: string) => {
    begin = url
  }
  const lookFurther = keep
    ? `To look further: DATA_DIR=${folder} npx shenpi serve, when this test has ended.`
    : "To look further: createSandbox({ keep: '/tmp/sandbox' }), and then DATA_DIR=/tmp/sandbox npx shenpi serve."
  const opened = opening.move()
  const letGoOfAll = () => opened.disposeAsync()
  return new Sandbox({
    services,
    underWay,
    edges,
    fetch,
    api,
    key,
    seed,
    hosts,
    faults,
    freeze,
    publish,
    lookFurther,
    letGoOfAll,
  })
}

/** Set the server's clock, also to a time before the machine's: nothing that a test makes is dated yet. */
async function freezeAt({ services: { db, sandbox } }: OpenServer, frozenAt: Date): Promise<void> {
  const setting = { offsetMs: 0, frozenAt }
  await saveClock(db, SERVER, setting)
  sandbox?.clocks.set(SERVER, setting)
}
