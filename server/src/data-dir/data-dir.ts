import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '../thrown.ts'

/** The paths in a data directory. */
export const inDataDir = (dataDir: string) => ({
  database: join(dataDir, 'shenpi.db'),
  pictures: join(dataDir, 'pictures'),
  /** Of a sandbox: what it is reset to, and snapshots. */
  templates: join(dataDir, 'templates'),
  snapshots: join(dataDir, 'snapshots'),
  lock: join(dataDir, 'server.lock'),
  /** What "shenpi certs" makes. */
  certificates: join(dataDir, 'certs'),
  /** Which server runs on it, for the command line: a URL. */
  server: join(dataDir, 'server-url'),
})

interface DataDirLock {
  /** Tell the command line where the server is reached. */
  publish(url: string): void
  release(): void
}

const SQLITE_BUSY = 5

/**
 * Lock the data directory for this server, and create it if necessary. The lock is SQLite's on a file of its own, so it
 * ends with the process, however that ends.
 *
 * @throws Error that says so when another server has it.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const { lock, server } = inDataDir(dataDir)
  const holder = new DatabaseSync(lock)
  try {
    holder.exec('begin exclusive')
  } catch (error) {
    holder.close()
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) {
      throw new Error(`${lock} cannot be locked: ${messageOf(error)}`, { cause: error })
    }
    const url = readServerUrl(dataDir)
    throw new Error(
      `Another shenpi server uses ${dataDir}${url ? ` (${url})` : ''}. Stop it, or start this one with another DATA_DIR.`,
    )
  }
  return {
    publish: (url) => writeFileSync(server, `${url}\n`),
    release() {
      rmSync(server, { force: true })
      holder.close()
    },
  }
}

/** The URL that the server of a data directory has written down, if any. */
export function readServerUrl(dataDir: string): string | undefined {
  try {
    return readFileSync(inDataDir(dataDir).server, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
