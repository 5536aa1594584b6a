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
  const globs = packages.map((folder) => `${folder}/**/*.ts`)
  const exclude = ['**/*.test.ts', '**/node_modules/**', '**/dist/**', ...GENERATED]
  return globSync(globs, { cwd: ROOT, exclude })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}
