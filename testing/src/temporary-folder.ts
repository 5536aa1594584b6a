import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockDataDir } from 'shenpi/src/data-dir/data-dir.ts'

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm'
/** A process's sandboxes take a fraction of it. Unit: bytes. */
const FREE_MIN = 256 * 1024 ** 2

const NAME = 'shenpi-testing-'
/** Before it is locked: nobody takes it for one that a dead process left. */
const NEW = 'new-shenpi-testing-'

let own: string | undefined

/**
 * The folder of this process, whose lock ends with it: what dead processes left beside it is removed first.
 * It is removed with the process.
 */
export function processFolder(): string {
  own ??= makeFolder(hasRoom() ? IN_MEMORY : tmpdir())
  return own
}

let made = 0

/** A folder that is a sandbox's alone. */
export interface Folder {
  path: string
  letGo(): void
}

/** A new folder in that of this process, that goes with its sandbox. */
export function newFolder(): Folder {
  made += 1
  const path = join(processFolder(), String(made))
  mkdirSync(path, { mode: 0o700 })
  return { path, letGo: () => rmSync(path, { recursive: true, force: true }) }
}

export function makeFolder(place: string): string {
  sweep(place)
  const made = mkdtempSync(join(place, NEW))
  const lock = lockDataDir(made)
  const folder = join(place, NAME + made.slice(join(place, NEW).length))
  renameSync(made, folder)
  process.once('exit', () => {
    lock.release()
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

function sweep(place: string): void {
  for (const name of readdirSync(place)) {
    if (name.startsWith(NAME)) removeIfLeft(join(place, name))
  }
}

/** Another process may be as fast, and others' folders are not ours to remove. */
function removeIfLeft(folder: string): void {
  try {
    const lock = lockDataDir(folder)
    rmSync(folder, { recursive: true, force: true })
    lock.release()
  } catch {}
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize >= FREE_MIN
  } catch {
    return false
  }
}
