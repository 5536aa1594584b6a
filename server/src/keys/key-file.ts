import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../thrown.ts'

/** The file of the native API's first key, for the command line and for the operator. */
export const apiKeyPath = (dataDir: string): string => join(dataDir, 'api-key')

export async function readApiKey(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(apiKeyPath(dataDir), 'utf8')).trim() || undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
