import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const CONSOLE = join(import.meta.dirname, '../../../console')
/** Held by the test file that builds: others wait for it. */
const LOCK = join(CONSOLE, 'dist.building')

/** Build the console where what is built is older than its code. */
export async function buildConsole(): Promise<void> {
  while (!isFresh() && !lock()) await setTimeout(100)
  if (isFresh()) return
  try {
    const { status, stderr } = spawnSync(process.execPath, [join(CONSOLE, 'build.js')], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  } finally {
    rmSync(LOCK, { recursive: true })
  }
}

function isFresh(): boolean {
  const built = statSync(join(CONSOLE, 'dist/index.html.br'), { throwIfNoEntry: false })
  if (!built) return false
  const files = globSync(['src/**/*.*', '*.{js,ts,json,html}', '../sdk/src/**/*.ts'], { cwd: CONSOLE })
  return files.every((file) => statSync(join(CONSOLE, file)).mtimeMs < built.mtimeMs)
}

function lock(): boolean {
  try {
    mkdirSync(LOCK)
    return true
  } catch {
    return false
  }
}
