import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inDataDir, lockDataDir } from 'shenpi/src/data-dir/data-dir.ts'
import type { Folder } from './temporary-folder.ts'

/** Says that a test has made what lies beside it. */
const MARK = 'made-by-shenpi-testing'

/**
 * A folder that a sandbox leaves its data in. What an earlier run of the test has left there is removed, so that nothing of it
 * gets into this one.
 *
 * @throws Error when it holds anybody else's data, or somebody uses it
 */
export function keptFolder(path: string): Folder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Error(`keep: "${path}" cannot be a folder`, { cause: error })
  }
  const names = readdirSync(path)
  if (names.length > 0 && !names.includes(MARK)) {
    throw new Error(`keep: ${path} holds what no test has left there. Name a new folder, or an empty one.`)
  }
  // Before anything else is there: a run that is killed leaves nothing that the next one refuses.
  writeFileSync(join(path, MARK), '')
  const lock = lockDataDir(path)
  const stays = [MARK, basename(inDataDir(path).lock)]
  for (const name of readdirSync(path)) {
    if (!stays.some((each) => name.startsWith(each))) rmSync(join(path, name), { recursive: true })
  }
  return { path, letGo: () => lock.release() }
}
