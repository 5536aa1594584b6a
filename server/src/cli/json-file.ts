import { readFile } from 'node:fs/promises'
import { messageOf } from '../thrown.ts'

/** @throws Error that says in a sentence why the file cannot be read. */
export async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${messageOf(error)}`)
  }
}
