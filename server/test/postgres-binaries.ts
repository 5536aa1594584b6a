import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** The oldest PostgreSQL that the tests run on. Unit: major version. */
export const POSTGRES_MIN_MAJOR = 15

/** Where packages put PostgreSQL without putting it on the PATH: Debian, Red Hat, Homebrew. */
const PACKAGE_FOLDERS = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin',
]

/**
 * Find a folder of this machine with `initdb`, `pg_ctl` and a recent enough `postgres`.
 *
 * When `PG_BIN` names a folder without PostgreSQL, no other folder is tried.
 *
 * @throws Error when `PG_BIN` names a folder without PostgreSQL.
 */
export function findPostgresBinaries(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { PG_BIN } = env
  if (!PG_BIN) return [...foldersOnPath(env), ...PACKAGE_FOLDERS.flatMap(newestFirst)].find(isRecentEnough)
  if (!isRecentEnough(PG_BIN)) {
    throw new Error(`PG_BIN is ${PG_BIN}, which has no initdb, pg_ctl and postgres ${POSTGRES_MIN_MAJOR} or later.`)
  }
  return PG_BIN
}

/** Whether the PostgreSQL of a folder has the extension citus. */
export function hasCitus(bin: string): boolean {
  const { status, stdout } = spawnSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8' })
  return status === 0 && existsSync(join(stdout.trim(), 'extension/citus.control'))
}

function foldersOnPath(env: NodeJS.ProcessEnv): string[] {
  const pgConfig = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8', env })
  const bindir = pgConfig.status === 0 ? pgConfig.stdout.trim() : ''
  return [bindir, ...(env.PATH ?? '').split(delimiter)].filter(isAbsolute)
}

function newestFirst(pattern: string): string[] {
  return globSync(pattern).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}

function isRecentEnough(folder: string): boolean {
  if (!['initdb', 'pg_ctl', 'postgres'].every((program) => existsSync(join(folder, program)))) return false
  const { stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1]
  return Number(major) >= POSTGRES_MIN_MAJOR
}

// As a program it prints the folder for shell scripts, or exits with 1.
if (import.meta.main) {
  const folder = findPostgresBinaries()
  console.log(folder ?? `No PostgreSQL ${POSTGRES_MIN_MAJOR} or later on this machine.`)
  process.exitCode = folder ? 0 : 1
}
