import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type Ran, ROOT } from './run-shenpi.ts'

const PROGRAM = join(ROOT, 'server/bin/shenpi.js')

export interface Recorder extends AsyncDisposable {
  url: string
  file: string
  /** The lines that are in its file now, without the first. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was recorded
  lines(): any[]
  kill(): Promise<void>
  /** End it as Ctrl-C does. */
  end(): Promise<Ran>
}

/** `shenpi record`, as a process of its own. */
export async function startRecorder(upstream: string, file: string, env: NodeJS.ProcessEnv): Promise<Recorder> {
  const args = ['record', '--to', file, '--upstream', upstream, '--port', '0']
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  const stderr = text(child.stderr)
  const said: string[] = []
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line)
    resolve(/http:\/\/[^:]+:\d+/.exec(line)?.[0] ?? '')
  })
  ended.then(async () => reject(new Error(await stderr)))
  const end = async (signal: NodeJS.Signals): Promise<Ran> => {
    child.kill(signal)
    const [code] = await ended
    return { code, stdout: said.join('\n'), stderr: await stderr }
  }
  return {
    url: await ready,
    file,
    lines: () =>
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line)),
    async kill() {
      await end('SIGKILL')
    },
    end: () => end('SIGINT'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL')
    },
  }
}
