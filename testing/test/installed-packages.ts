import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// What some tests run on, installed by a lock file in a folder of the tests' own: no dependency of what is shipped.

/** Kept between runs, also when npm ci empties node_modules. */
const KEPT = join(import.meta.dirname, '../.cache')
/** A registry that does not answer is not waited for. Unit: milliseconds. */
const PATIENCE_MS = 300_000

/** What a lock file stands beside a package.json for. */
export interface Packages {
  /** Where both lie. */
  folder: string
  /** What does not run without them. */
  tests: string
}

export const RUNNERS: Packages = {
  folder: join(import.meta.dirname, 'runners'),
  tests: 'of the kit on Vitest, Jest and Testcontainers',
}

export const SDKS: Packages = {
  folder: join(import.meta.dirname, 'sdks'),
  tests: 'of docs/recipes',
}

/** Their `node_modules`, installed now unless they were before. Undefined: no registry is reached, which the run is told. */
export function findPackages(packages: Packages, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const kept = placeOf(packages)
  if (!existsSync(kept)) install(packages.folder, kept, env)
  if (existsSync(kept)) return join(kept, 'node_modules')
  if (env.UNREACHED_PACKAGES) appendFileSync(env.UNREACHED_PACKAGES, `${packages.tests}\n`)
  return undefined
}

function placeOf({ folder }: Packages): string {
  const lock = readFileSync(join(folder, 'package-lock.json'))
  return join(KEPT, createHash('sha256').update(lock).digest('hex').slice(0, 16))
}

/**
 * Let the processes of a run note which tests could not install their packages.
 *
 * @returns the environment of the tests, and what is said of them in the closing lines of `npm test`
 */
export function noteUnreached(): { env: NodeJS.ProcessEnv; tell(): string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-unreached-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'tests')
  writeFileSync(file, '')
  return {
    env: { UNREACHED_PACKAGES: file },
    tell: () => {
      const tests = new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))
      if (tests.size === 0) return []
      return [
        `The tests ${[...tests].join(', ')} did not run: npm's registry, from which they install packages, was not reached.`,
      ]
    },
  }
}

/** In a new folder that gets its name when everything is there: two files of tests may install at once. */
function install(folder: string, kept: string, env: NodeJS.ProcessEnv): void {
  mkdirSync(KEPT, { recursive: true })
  const begun = mkdtempSync(join(KEPT, 'begun-'))
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(folder, file), join(begun, file))
    // By the lock; `npm ci` refuses it while a registry lacks a package that only Windows has a use for.
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund']
    execFileSync('npm', args, { cwd: begun, env, stdio: 'pipe', timeout: PATIENCE_MS })
    if (!existsSync(kept)) renameSync(begun, kept)
  } catch (error) {
    if (!isUnreached(error)) throw error
  } finally {
    rmSync(begun, { recursive: true, force: true })
  }
}

const UNREACHED = /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/

const isUnreached = (error: unknown): boolean =>
  error instanceof Error && UNREACHED.test(`${'stderr' in error ? error.stderr : ''} ${error.message}`)
