import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { api } from '@shenpi/sdk/contract/api'
import { messageOf } from '../thrown.ts'
import { answer, connect, type RemoteOptions } from './remote.ts'
import { printTable, toLocalTime } from './table.ts'

type OfAccount = RemoteOptions & { appid?: string }

const whose = ({ appid }: OfAccount) => (appid === undefined ? {} : { appid })
const inWords = (appid: string | null): string => appid ?? 'everything'

export async function reset(options: OfAccount): Promise<void> {
  const done = await (await connect(options)).call(api.resetSandbox, { body: whose(options) })
  answer(options, done, ({ appid, took_ms }) =>
    console.log(`Begun anew: ${inWords(appid)} (in ${took_ms.toFixed(1)} ms).`),
  )
}

export async function listSnapshots(options: RemoteOptions): Promise<void> {
  const page = await (await connect(options)).call(api.listSnapshots, { query: { limit: 200 } })
  answer(options, page, ({ items }) =>
    printTable(
      ['name', 'of', 'taken at', 'bytes'],
      items.map(({ name, appid, taken_at, bytes }) => [
        ...[name, inWords(appid), toLocalTime(taken_at), String(bytes)],
      ]),
      'No snapshot.',
    ),
  )
}

export async function takeSnapshot(name: string, options: OfAccount): Promise<void> {
  const client = await connect(options)
  const taken = await client.call(api.takeSnapshot, { params: { name }, body: whose(options) })
  answer(options, taken, ({ appid, bytes }) => console.log(`${name} holds ${inWords(appid)} (${bytes} bytes).`))
}

export async function deleteSnapshot(name: string, options: RemoteOptions): Promise<void> {
  const done = await (await connect(options)).call(api.deleteSnapshot, { params: { name } })
  answer(options, done, () => console.log(`The snapshot ${name} is deleted.`))
}

export async function restore(name: string, options: RemoteOptions): Promise<void> {
  const done = await (await connect(options)).call(api.restoreSnapshot, { params: { name } })
  answer(options, done, ({ appid, took_ms }) =>
    console.log(`Gone back to ${name}: ${inWords(appid)} (in ${took_ms.toFixed(1)} ms).`),
  )
}

export async function exportState(file: string, options: OfAccount): Promise<void> {
  const state = await (await connect(options)).call(api.exportState, { query: whose(options) })
  // A file that is there already keeps who may read it, and it holds secrets now.
  if ((await stat(file).catch(() => undefined))?.isFile()) await chmod(file, 0o600)
  await writeFile(file, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  answer(options, { file }, () => console.log(`${file} holds ${inWords(state.appid)}.`))
}

export async function importState(file: string, options: RemoteOptions): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Error(`${file} cannot be read: ${messageOf(error)}`)
  })
  const done = await (await connect(options)).call(api.importState, { body: { file: text } })
  answer(options, done, ({ accounts }) =>
    printTable(
      ['appid', 'name', 'secret'],
      accounts.map(({ appid, name, secret }) => [appid, name, secret ?? '']),
      'No account came with it.',
    ),
  )
}
