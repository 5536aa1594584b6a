import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Place } from './databases.ts'
import { notingEnvironment } from './statements/note-statements.ts'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../bin/shenpi.js', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** The environment of a program that works on a place: nothing of this process's that it would read, but where its statements are noted. */
export function environmentOf({ dataDir, databaseUrl }: Place, more: Record<string, string> = {}) {
  const { PATH, HOME, TMPDIR } = process.env
  const place = { DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) }
  return { PATH, HOME, TMPDIR, ...notingEnvironment(), ...place, ...more }
}

/** Run the command line to its end. */
export async function runShenpi(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program = process.execPath,
): Promise<Ran> {
  const child = spawn(program, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, stdout, stderr }
}

export interface ServerProcess extends AsyncDisposable {
  child: ChildProcess
  /** The line that says that it is ready. */
  ready: string
  /** What it says before of the console. */
  console: string
  url: string
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | string>
  stderr: () => string
}

export interface SpawnOptions {
  /** What is run instead of the program itself. */
  command?: readonly string[]
  /** Where its stderr goes instead of to the test. */
  stderrFd?: number
}

/** The line that says that it is ready; npm says things of its own before. */
async function firstReady(stdout: Readable | null): Promise<{ ready: string; console: string }> {
  if (!stdout) throw new Error('it has no stdout')
  let console = ''
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('shenpi console ')) console = line
    if (line.startsWith('shenpi ready ')) return { ready: line, console }
  }
  throw new Error('it ended without being ready')
}

/** A server as an operator runs it: a process of its own. @throws Error with what it said, when it did not start. */
export async function spawnServer(
  place: Place,
  more: Record<string, string> = {},
  { command = [process.execPath, PROGRAM, 'serve'], stderrFd }: SpawnOptions = {},
): Promise<ServerProcess> {
  const env = environmentOf(place, { PORT: '0', LOG_LEVEL: 'warn', ...more })
  const [program = '', ...args] = command
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', stderrFd ?? 'pipe'], cwd: ROOT })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
  const line = firstReady(child.stdout)
  const failed = ended.then((code) => Promise.reject(new Error(`exit ${code}: ${stderr}`)))
  const said = await Promise.race([line.catch(() => failed), failed])
  const { ready } = said
  return {
    child,
    ...said,
    url: ready.split(' ').at(-1) ?? '',
    ended,
    stderr: () => stderr,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
