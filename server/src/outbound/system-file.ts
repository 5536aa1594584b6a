import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { elapsed } from '../time/elapsed.ts'

/** How much of a file is read; what stands behind it is not seen. Unit: bytes. A list of 30,000 hosts is shorter. */
const READ_MAX = 1024 * 1024
/** How long a file is taken as unchanged without a look. Unit: milliseconds. */
const LOOK_EVERY_MS = 1000

/**
 * What a small file of the system's says, as it stands now: it is read again when it has changed. A file that cannot be read
 * is empty. Read without a thread, so that nothing which waits for one delays it.
 */
export function watchFile<T>(path: string, parse: (text: string) => T): () => T {
  let version = ''
  let parsed = parse('')
  let lookedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (elapsed() - lookedAt < LOOK_EVERY_MS) return parsed
    lookedAt = elapsed()
    const found = versionOf(path)
    if (found !== version) parsed = parse(found && read(path))
    version = found
    return parsed
  }
}

function versionOf(path: string): string {
  try {
    const stats = statSync(path)
    return stats.isFile() ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : ''
  } catch {
    return ''
  }
}

function read(path: string): string {
  try {
    const file = openSync(path, 'r')
    try {
      const buffer = Buffer.alloc(READ_MAX)
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, READ_MAX, 0))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}
