import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const CONSOLE = join(import.meta.dirname, '../../../console')
/** Of the file that builds, or looks whether it has to; others wait for it. It ends with the process, as it is SQLite's. */
const LOCK = join(import.meta.dirname, '../../.cache/console.lock')
/** Several times a build. Unit: milliseconds. */
const PATIENCE_MS = 300_000

/** Build the console where what is built is older than its code. */
export function buildConsole(): void {
  mkdirSync(dirname(LOCK), { recursive: true })
  using lock = new DatabaseSync(LOCK, { timeout: PATIENCE_MS })
  // Before the look: while another file builds, the page is there before the scripts that it names.
  lock.exec('begin exclusive')
  if (isFresh()) return
  const { status, stderr } = spawnSync(process.execPath, [join(CONSOLE, 'build.js')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

function isFresh(): boolean {
  const built = statSync(join(CONSOLE, 'dist/index.html.br'), { throwIfNoEntry: false })
  if (!built) return false
  const files = globSync(['src/**/*.*', '*.{js,ts,json,html}', '../sdk/src/**/*.ts'], { cwd: CONSOLE })
  return files.every((file) => statSync(join(CONSOLE, file)).mtimeMs < built.mtimeMs)
}
