import { readFile } from 'node:fs/promises'
import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions } from './remote.ts'

/** Categories that one request carries: well below its 1 MB, whatever their texts. */
const CHUNK = 500

/** Load a file shaped like the answer of cat/get: `{"third_cat_list": [...]}`. */
export async function importFile(file: string, options: RemoteOptions): Promise<void> {
  const categories = await readCategories(file)
  const client = await connect(options)
  let imported = 0
  for (let start = 0; start < categories.length; start += CHUNK) {
    const body = { third_cat_list: categories.slice(start, start + CHUNK) } as never
    imported += (await client.call(api.importCategories, { body })).imported
    if (process.stderr.isTTY && !options.json) process.stderr.write(`\r${imported} of ${categories.length} categories`)
  }
  if (process.stderr.isTTY && !options.json) process.stderr.write('\n')
  answer(options, { imported }, () => console.log(`${imported} categories imported.`))
}

async function readCategories(file: string): Promise<unknown[]> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${(error as Error).message}`)
  }
  const list = (content as { third_cat_list?: unknown } | null)?.third_cat_list
  if (!Array.isArray(list)) throw new Error(`${file} has no third_cat_list: it must look like the answer of cat/get`)
  return list
}
