import type { ConformanceCase, Story } from '../case.ts'
import { makeFile, type PictureName } from '../files/pictures.ts'
import { placesIn } from '../fill.ts'
import { pictureFile, toBruRequest } from './bru-request.ts'
import { chooseCases } from './choose-cases.ts'
import { PREPARE } from './prepare.cases.ts'
import { setTimes } from './times.ts'

/** A file of the collection, by its path below the collection's folder. */
export type Files = Map<string, string | Uint8Array>

export interface Sandbox {
  baseUrl: string
  appid: string
  secret: string
}

/** The collection: an environment for a sandbox, a folder to prepare an account, and a folder a story. */
export async function makeCollection({ baseUrl, appid, secret }: Sandbox): Promise<Files> {
  const stories = [{ subject: 'prepare', cases: PREPARE }, ...chooseCases()]
  const files: Files = new Map()
  const vars = { baseUrl, merchantAppid: appid, merchantSecret: secret, merchantAppidInCapitals: appid.toUpperCase() }
  files.set('bruno.json', `${JSON.stringify({ version: '1', name: 'Shenpi', type: 'collection' }, undefined, 2)}\n`)
  const lines = Object.entries(vars).map(([name, value]) => `  ${name}: ${value}`)
  files.set('environments/sandbox.bru', ['vars {', ...lines, '}', ''].join('\n'))
  const cases = stories.flatMap((story) => story.cases)
  const times = setTimes(new Set(cases.flatMap(({ request, query, answer }) => placesIn([request, query, answer]))))
  for (const [index, story] of stories.entries()) addFolder(files, story, index + 1, index === 0 ? times : [])
  for (const name of picturesIn(cases)) files.set(pictureFile(name), new Uint8Array(await makeFile(name).arrayBuffer()))
  return files
}

/** @param before what its first request does before it is sent */
function addFolder(files: Files, { subject, cases }: Story, number: number, before: readonly string[]): void {
  const folder = `${String(number).padStart(2, '0')}-${subject}`
  files.set(`${folder}/folder.bru`, ['meta {', `  name: ${subject}`, `  seq: ${number}`, '}', ''].join('\n'))
  for (const [index, one] of cases.entries()) {
    const file = `${String(index + 1).padStart(3, '0')}-${slugOf(one)}.bru`
    files.set(`${folder}/${file}`, toBruRequest(one, index + 1, index === 0 ? before : []))
  }
}

/** Unit: characters. */
const SLUG_MAX = 60

const slugOf = ({ call, name }: ConformanceCase): string =>
  `${call.path.split('/').at(-1)} ${name}`
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replace(/-$/, '')

const picturesIn = (cases: readonly ConformanceCase[]): Set<PictureName> =>
  new Set(cases.flatMap(({ file }) => file?.is ?? []))
