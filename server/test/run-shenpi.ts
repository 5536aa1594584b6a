import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Place } from './databases.ts'

const PROGRAM = fileURLToPath(new URL('../bin/shenpi.js', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** The environment of a program that works on a place: nothing of this process's that it would read. */
export function environmentOf({ dataDir, databaseUrl }: Place, more: Record<string, string> = {}) {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR, DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }), ...more }
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
  /** The first line that it wrote. */
  ready: string
  url: string
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | string>
  stderr: () => string
}

/** A server as an operator runs it: a process of its own. @throws Error with what it said, when it did not start. */
export async function spawnServer(place: Place, more: Record<string, string> = {}): Promise<ServerProcess> {
  const env = environmentOf(place, { PORT: '0', LOG_LEVEL: 'warn', ...more })
  const child = spawn(process.execPath, [PROGRAM, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
  const line = once(createInterface({ input: child.stdout }), 'line').then(([first]) => String(first))
  const ready = await Promise.race([line, ended.then((code) => Promise.reject(new Error(`exit ${code}: ${stderr}`)))])
  return {
    child,
    ready,
    url: ready.split(' ').at(-1) ?? '',
    ended,
    stderr: () => stderr,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
