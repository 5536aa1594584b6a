import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')

/** Written by programs. */
const GENERATED = ['sdk/src/calls/**']

export interface Source {
  /** From the root of the repository. */
  path: string
  text: string
}

/** What is shipped of some packages: no tests, nothing generated. */
export function sourcesOf(...packages: readonly string[]): Source[] {
  return codeOf(...packages).filter(({ path }) => !path.endsWith('.test.ts'))
}

/** What is written by hand of some packages or folders, tests too. */
export function codeOf(...folders: readonly string[]): Source[] {
  const globs = folders.map((folder) => `${folder}/**/*.{ts,tsx}`)
  const exclude = ['**/node_modules/**', '**/dist/**', ...GENERATED]
  return globSync(globs, { cwd: ROOT, exclude })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}
