import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type ApiClient, createApiClient } from '@shenpi/sdk/client'
import { apiKeyPath } from '../server/src/keys/key-file.ts'
import type { Place } from '../server/test/databases.ts'

/** The checkout whose server is measured: this one, or another to compare with. */
export const CHECKOUT = process.env.BENCH_SERVER ?? fileURLToPath(new URL('..', import.meta.url))
const SHENPI = 'server/bin/shenpi.js'
const BASELINE = fileURLToPath(new URL('./baseline/main.ts', import.meta.url))

/** How long a server may take to say that it is ready, in milliseconds. */
const READY_TIMEOUT_MS = 120_000

/** A server process. */
export interface ServerProcess extends AsyncDisposable {
  url: string
  pid: number
  /** From the spawn to the line that says it is ready. */
  readyAfterMs: number
  /** The processor time used by then: steadier than elapsed time on a shared machine. */
  readyAfterProcessorMs: number
  /** Resolves when the process has ended, however. */
  ended: Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

export interface Shenpi extends ServerProcess {
  api: ApiClient
  /** The native API's. */
  key: string
}

/** Which server is started, and with what besides the sandbox's settings. */
export interface Started {
  checkout?: string
  env?: Record<string, string>
}

/** `shenpi serve` as an operator runs it: the sandbox, with a log that goes to a file. */
export async function startShenpi(
  place: Place,
  env: Record<string, string> = {},
  checkout: string = CHECKOUT,
): Promise<Shenpi> {
  const server = await startServer([join(checkout, SHENPI), 'serve'], join(place.dataDir, 'log'), {
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'info',
    SANDBOX_APPROVE: 'all',
    ...env,
  })
  const key = readFileSync(apiKeyPath(place.dataDir), 'utf8').trim()
  return { ...server, key, api: createApiClient({ url: server.url, key }) }
}

/** A bare Fastify, told by its arguments what to do (see `baseline/main.ts`). */
export function startBaseline(place: Place, ...args: string[]): Promise<ServerProcess> {
  return startServer([BASELINE, ...args], join(place.dataDir, 'log'), {})
}

/** A Fastify with one route, in as few words as there are. */
export function startBareFastify(place: Place): Promise<ServerProcess> {
  const program = `import Fastify from 'fastify'
    const app = Fastify()
    app.get('/', async () => 'hello')
    console.log('ready ' + (await app.listen({ host: '127.0.0.1', port: 0 })))`
  return startServer(['--input-type=module', '-e', program], join(place.dataDir, 'log'), {})
}

async function startServer(args: string[], log: string, env: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const stderr = openSync(log, 'a')
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', stderr],
    // A program that is told by -e finds its packages from here.
    cwd: import.meta.dirname,
  })
  closeSync(stderr)
  const ended = once(child, 'exit').then(() => {})
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  try {
    const url = await readyUrl(child)
    const pid = child.pid as number
    return {
      url,
      pid,
      readyAfterMs: performance.now() - startedAt,
      readyAfterProcessorMs: processorSeconds(pid) * 1000,
      ended,
      kill: () => kill('SIGKILL'),
      [Symbol.asyncDispose]: () => kill('SIGTERM'),
    }
  } catch (error) {
    await kill('SIGKILL')
    throw new Error(`the server did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`, { cause: error })
  }
}

/** The URL in the line `… ready URL`. */
async function readyUrl(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> })
  const timer = setTimeout(() => lines.close(), READY_TIMEOUT_MS)
  try {
    for await (const line of lines) {
      const url = /ready (\S+)$/.exec(line)?.[1]
      if (url) return url
    }
  } finally {
    clearTimeout(timer)
  }
  throw new Error('it never said that it was ready')
}

/** Linux counts processor time in ticks of so many to the second. */
const TICKS_PER_SECOND = 100

/** The processor time that a process has used, in its own code and in the system's. */
export function processorSeconds(pid: number): number {
  const [user, system] = times(pid)
  return (user + system) / TICKS_PER_SECOND
}

/** The same of a process and its children, those that have ended included: PostgreSQL's postmaster has no others. */
export function familySeconds(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  const ticks = [...times(pid), ...children.flatMap((child) => ownTimes(Number(child)))]
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND
}

/** Of a child; one that has ended meanwhile counts with its parent the next time. */
function ownTimes(pid: number): number[] {
  try {
    return times(pid).slice(0, 2)
  } catch {
    return []
  }
}

type Times = [user: number, system: number, endedUser: number, endedSystem: number]

/** A process's own ticks and those of its ended children. */
function times(pid: number): Times {
  // After the name, which may hold anything: they are the fields from the 14th on.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return fields.slice(11, 15).map(Number) as Times
}
