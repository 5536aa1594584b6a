import { api } from '@shenpi/sdk/contract/api'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { readJsonFile } from './json-file.ts'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'

/** Categories that one request carries: well below its 1 MB, whatever their texts. */
const CHUNK = 500

/** Defaults for members that a file may omit. A category with unknown rules is reviewed rather than free. */
const ABSENT = {
  first_cat_name: '',
  second_cat_name: '',
  third_cat_name: '',
  qualification: '',
  qualification_type: 1,
  product_qualification: '',
  product_qualification_type: 0,
  scene_group_list: [],
}

const IDS = ['first_cat_id', 'second_cat_id', 'third_cat_id'] as const

/**
 * Load a file shaped like the answer of cat/get: `{"third_cat_list": [...]}`. Texts and rules may be null or absent; an
 * entry without its three ids has no place in the tree and is left out.
 */
export async function importFile(file: string, options: RemoteOptions): Promise<void> {
  const { categories, skipped } = await readCategories(file)
  const client = await connect(options)
  const isShown = process.stderr.isTTY && !options.json
  let imported = 0
  for (let start = 0; start < categories.length; start += CHUNK) {
    const given = { third_cat_list: categories.slice(start, start + CHUNK) }
    const body = await toArgument(api.importCategories.body, given)
    imported += (await client.call(api.importCategories, { body })).imported
    if (isShown) process.stderr.write(`\r${imported} of ${categories.length} categories`)
  }
  if (isShown) process.stderr.write('\n')
  answer(options, { imported, skipped }, () => {
    console.log(`${imported} categories imported.`)
    if (skipped > 0) console.log(`${skipped} left out: they lack the id of one of their three levels.`)
  })
}

type Entry = Record<string, unknown>

async function readCategories(file: string): Promise<{ categories: Entry[]; skipped: number }> {
  const content = await readJsonFile(file)
  const list = isObject(content) ? content.third_cat_list : undefined
  if (!Array.isArray(list)) throw new Error(`${file} has no third_cat_list: it must look like the answer of cat/get`)
  const entries = list.map((entry): Entry => ({ ...ABSENT, ...withoutNulls(entry) }))
  const categories = entries.filter((entry) => IDS.every((id) => entry[id] !== undefined))
  return { categories, skipped: entries.length - categories.length }
}

function withoutNulls(entry: object): Entry {
  return Object.fromEntries(Object.entries(entry ?? {}).filter(([, value]) => value !== null))
}
