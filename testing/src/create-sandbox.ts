import { readFileSync } from 'node:fs'
import { createApiClient } from '@shenpi/sdk/client'
import { apiKeyPath } from 'shenpi/src/keys/key-file.ts'
import { type OpenServer, openServer } from 'shenpi/src/open-server.ts'
import { saveClock } from 'shenpi/src/sandbox/clocks/clock.store.ts'
import { SERVER } from 'shenpi/src/time/account-clocks.ts'
import { configOf, SILENT } from './config.ts'
import { Edges } from './edges.ts'
import { Faults } from './faults.ts'
import { fetchFrom } from './in-process.ts'
import { Sandbox } from './sandbox.ts'
import { cloneTemplate, templateOf } from './template.ts'
import { type HostTable, wayOut } from './way-out.ts'

export interface SandboxOptions {
  /** What is given by chance follows from it: two runs are equal to the byte. */
  seed?: string
  /** The time at which its clock stands until a test moves it. Default: it runs with the machine's. */
  frozenAt?: Date | string
  /** Settings of docs/configuration.md, such as `{ QUICK_REVIEW_MAX: '0' }`. */
  settings?: Readonly<Record<string, string>>
  /** A folder for its data, which stays there: `DATA_DIR=… npx shenpi serve` opens it. */
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
  const { settings = {}, keep } = options
  return await openSandbox(await cloneTemplate(settings, keep), options)
}

/**
 * The same in a data directory that is there.
 *
 * @internal
 */
export async function openSandbox(folder: string, options: SandboxOptions): Promise<Sandbox> {
  const { seed, frozenAt, settings = {}, keep } = options
  const hosts: HostTable = new Map()
  let begin = NOWHERE
  const server = await openServer(configOf(folder, { ...settings, ...(seed && { SANDBOX_SEED: seed }) }), SILENT, {
    publicUrl: () => begin,
    isThrowaway: true,
    template: () => templateOf(settings),
    wrapOutbound: (outbound) => wayOut(hosts, outbound),
  })
  const freeze = async () => {
    if (frozenAt !== undefined) await freezeAt(server, new Date(frozenAt))
  }
  await freeze()
  const { services } = server
  server.startWorkers()
  const edges = new Edges(services)
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
  return new Sandbox({
    ...{ server, services, edges, fetch, api, key, seed, hosts, faults, folder, freeze, publish, lookFurther },
    isKept: keep !== undefined,
  })
}

/** Set the server's clock, also to a time before the machine's: nothing that a test makes is dated yet. */
async function freezeAt({ services: { db, sandbox } }: OpenServer, frozenAt: Date): Promise<void> {
  const setting = { offsetMs: 0, frozenAt }
  await saveClock(db, SERVER, setting)
  sandbox?.clocks.set(SERVER, setting)
}
