import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from '../../../sdk/build/package.ts'
import { BUN, findProgram, OLDEST_NODE, type Program, withoutProgram } from '../programs.ts'

/** The SDK as whoever installs it has it: built, in the node_modules of a folder, and without TypeBox beside it. */
export interface InstalledSdk extends Disposable {
  /** Where scripts lie that import it. */
  folder: string
  /** Where its own files lie. */
  files: string
}

export function installSdk(): InstalledSdk {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-sdk-'))
  const files = join(folder, 'node_modules/@shenpi/sdk')
  build(files)
  return { folder, files, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Runtime {
  name: string
  program: string | undefined
  /** Why it is left out. */
  skip: string | false
}

const toRuntime = (program: Program): Runtime => {
  const file = findProgram(program)
  return { name: program.name, program: file, skip: !file && withoutProgram(program) }
}

const NODE_RUNTIME: Runtime = { name: 'Node', program: process.execPath, skip: false }
export const BUN_RUNTIME = toRuntime(BUN)
export const OLDEST_RUNTIME = toRuntime(OLDEST_NODE)

/** Those that run TypeScript as it is. */
export const TYPED_RUNTIMES: readonly Runtime[] = [NODE_RUNTIME, BUN_RUNTIME]
/** What the SDK is for, outside a browser. */
export const RUNTIMES: readonly Runtime[] = [...TYPED_RUNTIMES, OLDEST_RUNTIME]

export interface Start {
  env?: Record<string, string>
  cwd?: string
}

/** Start a program with none of this process's environment that it could heed, such as a proxy. */
export function start({ program = '' }: Runtime, args: readonly string[], { env, cwd }: Start = {}): ChildProcess {
  const { PATH, TMPDIR } = process.env
  return spawn(program, args, { cwd, env: { PATH, TMPDIR, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Run a program to its end. @throws Error with what it said, when that is not a good one. */
export async function run(runtime: Runtime, args: readonly string[], options?: Start) {
  const child = start(runtime, args, options)
  const { stdout, stderr } = child as { [S in 'stdout' | 'stderr']: NodeJS.ReadableStream }
  const [output, errors, [code]] = await Promise.all([text(stdout), text(stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${runtime.name} ended with ${code}:\n${errors}`)
  return { output: output.trim(), errors: errors.trim() }
}
