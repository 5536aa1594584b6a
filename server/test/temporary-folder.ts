import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm'
/** A run's databases, pictures and profiles of browsers take a fraction of it. Unit: bytes. */
const FREE_MIN = 6 * 1024 ** 3
/** Everybody may make files in it, as in /tmp: PostgreSQL runs as somebody else. */
const MODE = 0o1777

/**
 * A folder in memory for a run's temporary files: each commit of SQLite would wait for the disk, thousands of times.
 *
 * @returns nothing where there is no such place, or too little of it
 */
export function makeTemporaryFolder(): { path: string; remove: () => void } | undefined {
  if (process.env.TMPDIR || !hasRoom()) return undefined
  const path = mkdtempSync(join(IN_MEMORY, 'shenpi-'))
  chmodSync(path, MODE)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize >= FREE_MIN
  } catch {
    return false
  }
}
