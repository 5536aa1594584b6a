import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Files } from './collection.ts'

/** Write a collection into a folder. @returns how many requests it has */
export function writeCollection(folder: string, files: Files): number {
  for (const [path, content] of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return [...files.keys()].filter((path) => /\/\d+-[^/]*\.bru$/.test(path)).length
}
