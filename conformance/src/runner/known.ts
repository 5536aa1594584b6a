import { readFile } from 'node:fs/promises'
import { UsageError } from './options.ts'

/** Differences of a server that are known: the title of a case, and what is different and why. */
export type Known = ReadonlyMap<string, string>

/** @throws UsageError when the file is none, or says something else. */
export async function readKnown(file: string | undefined): Promise<Known> {
  if (!file) return new Map()
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`--known ${file} cannot be read`)
  })
  const known = toJson(text)
  const isTable = typeof known === 'object' && known !== null && !Array.isArray(known)
  const entries = isTable ? Object.entries(known).map(([title, says]): [string, unknown] => [title, says]) : []
  if (!isTable || entries.some(([, says]) => typeof says !== 'string')) {
    throw new UsageError(`--known ${file} is no JSON object of the titles of cases and texts`)
  }
  return new Map(entries.map(([title, says]) => [title, String(says)]))
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
