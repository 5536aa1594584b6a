import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const SHENPI = join(import.meta.dirname, '../bin/shenpi.js')
const READY_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 10_000
const COMMAND_TIMEOUT_MS = 15_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Settings of a person's own server, which are not meant for this one. Empty counts as absent. */
const NOT_INHERITED = Object.fromEntries(
  [
    [
      'MODE',
      'HOST',
      'ADMIN_HOST',
      'ADMIN_PORT',
      'PUBLIC_URL',
      'TLS_CERT',
      'TLS_KEY',
      'OUTBOUND_ALLOW',
      'SANDBOX_APPROVE',
    ],
    ['DEVICE_CEILING', 'QUICK_REVIEW_MAX', 'REVIEW_WORKING_DAYS'],
  ]
    .flat()
    .map((name) => [name, '']),
)

export interface ServerProcess extends AsyncDisposable {
  url: string
  dataDir: string
  /** What it has written to its log. */
  log(): string
  /** Run a command of the command line on its data. */
  shenpi(args: readonly string[]): Promise<{ output: string; exitCode: number }>
}

/**
 * Start a server as anybody would, on a free port and with its own data, which its end removes.
 *
 * @param databaseUrl an empty PostgreSQL instead of SQLite
 * @throws Error that says why it did not come up.
 */
export async function startServerProcess(databaseUrl = ''): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shenpi-demo-'))
  const env = {
    ...process.env,
    ...NOT_INHERITED,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'warn',
  }
  const child = spawn(process.execPath, [SHENPI, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  // Whatever ends this process, neither the server nor its folder stays behind.
  const leave = () => {
    child.kill('SIGKILL')
    remove()
  }
  const interrupt = (_signal: string, number: number) => process.exit(128 + number)
  process.on('exit', leave)
  for (const signal of SIGNALS) process.on(signal, interrupt)
  const stop = async () => {
    child.kill('SIGTERM')
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await ended
    clearTimeout(limit)
    remove()
    process.off('exit', leave)
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }

  const ready = Promise.withResolvers<string>()
  const fail = (reason: string) => ready.reject(new Error(`${reason}\n${log}`.trim()))
  const limit = setTimeout(
    () => fail(`The server was not ready within ${READY_TIMEOUT_MS / 1000} s.`),
    READY_TIMEOUT_MS,
  )
  child.once('error', (error) => fail(`The server cannot be started: ${error.message}`))
  child.once('close', (code, signal) => {
    log += `The server ended by itself (${signal ?? `code ${code}`}).\n`
    fail('The server did not come up.')
  })
  createInterface(child.stdout).on('line', (line) => {
    const url = /^shenpi ready (\S+)$/.exec(line)?.[1]
    if (url) ready.resolve(url)
  })
  try {
    const url = await ready.promise
    return {
      url,
      dataDir,
      log: () => log,
      shenpi: (args) =>
        new Promise((resolve) => {
          const options = { env, timeout: COMMAND_TIMEOUT_MS }
          execFile(process.execPath, [SHENPI, ...args], options, (error, stdout, stderr) => {
            const late = error?.killed ? `It did not end within ${COMMAND_TIMEOUT_MS / 1000} s.\n` : ''
            const exitCode = error ? (typeof error.code === 'number' ? error.code : 1) : 0
            resolve({ output: stdout + stderr + late, exitCode })
          })
        }),
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  } finally {
    clearTimeout(limit)
  }
}
