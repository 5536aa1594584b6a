import { mkdir, rm } from 'node:fs/promises'
import type { ApiStateFile } from '@shenpi/sdk/contract/api'
import { findAccountByAppid } from '../../accounts/account.store.ts'
import { inDataDir } from '../../data-dir/data-dir.ts'
import { engineOf } from '../../db/engine.ts'
import { isRowRefused, isUniqueViolation } from '../../db/open.ts'
import { type TableRows, writeFileRows } from '../../db/sqlite/file-rows.ts'
import { transaction } from '../../db/transaction.ts'
import { drawSecret } from '../../entropy/draw-secret.ts'
import { digestOf } from '../../pictures/disk-store.ts'
import { Problem } from '../../problem.ts'
import { asAccount } from './as-account.ts'
import { assertClocks, assertColumns, assertOneAccount, assertWhole } from './check-state.ts'
import { exchangeState } from './exchange-state.ts'
import type { ExportParts } from './export-state.ts'
import { endAllLeases, insertState, replaceAll, takeDevices } from './replace-state.ts'
import { readStateFile } from './state-file.ts'
import { endLeases, nextAccountId } from './state-rows.store.ts'
import { STATE_TABLES } from './state-tables.ts'
import { snapshotPath } from './take-snapshot.ts'

export interface ImportedAccount {
  appid: string
  name: string
  secret: string | null
}

/**
 * Bring what was exported into this instance: an account beside the others, or everything in the place of what is here.
 *
 * @throws Problem `seed_file.invalid`, `snapshot.of_other_release`, `account.exists`, `sandbox.busy`
 */
export async function importState(parts: ExportParts, text: string): Promise<ImportedAccount[]> {
  const { file, state } = readStateFile(text)
  const { appid } = file
  await assertColumns(parts.db, state)
  assertClocks(state)
  if (appid === null) assertWhole(state)
  else assertOneAccount(state, appid)
  await putPictures(parts, file.pictures)
  // It writes a file beside those of snapshots.
  if (appid === null) await parts.sandbox.snapshots.run(() => importAll(parts, state))
  else await parts.sandbox.gate.run('request', undefined, () => importAccount(parts, appid, state))
  return accountsIn(state)
}

const accountsIn = (state: readonly TableRows[]): ImportedAccount[] =>
  state
    .flatMap(({ table, rows }) => (table === 'account' ? rows : []))
    .map(({ appid, name }) => ({ appid: String(appid), name: String(name), secret: null }))

async function importAll(parts: ExportParts, state: readonly TableRows[]): Promise<void> {
  const { file } = engineOf(parts.db)
  await exchangeState(parts, undefined, async () => {
    await orRefuse(file ? throughFile(parts, state) : replaceAll(parts.db, state), 'seed_file.invalid')
    await endAllLeases(parts.db)
    return undefined
  })
}

/** On SQLite: into a copy of the database, whose tables then take the place of the server's. */
async function throughFile(parts: ExportParts, state: readonly TableRows[]): Promise<void> {
  const { file } = engineOf(parts.db)
  const copy = snapshotPath(parts, `${drawSecret(8).toString('hex')}.import`)
  await mkdir(inDataDir(parts.config.dataDir).snapshots, { recursive: true, mode: 0o700 })
  try {
    await file?.copyTo(copy)
    writeFileRows(copy, STATE_TABLES, state)
    await file?.takeFrom(copy, STATE_TABLES)
  } finally {
    await rm(copy, { force: true })
  }
}

async function importAccount(parts: ExportParts, appid: string, state: readonly TableRows[]): Promise<void> {
  const { db, caches } = parts
  if (await findAccountByAppid(db, appid)) throw new Problem('account.exists', appid)
  const accountId = await orRefuse(
    transaction(db, async (trx) => {
      await takeDevices(trx, state)
      const id = await nextAccountId(trx)
      await insertState(trx, asAccount(state, id))
      await endLeases(trx, id)
      return id
    }),
    'account.exists',
  )
  await caches.empty(accountId)
}

/** @param twice the problem of what there can be once only */
async function orRefuse<T>(written: Promise<T>, twice: 'account.exists' | 'seed_file.invalid'): Promise<T> {
  try {
    return await written
  } catch (error) {
    if (!(error instanceof Error && isRowRefused(error))) throw error
    if (isUniqueViolation(error)) throw new Problem(twice, 'Something of it is there twice.')
    throw new Problem('seed_file.invalid', `${error.message}.`)
  }
}

/** @throws Problem `seed_file.invalid` before the first is written */
async function putPictures({ pictures: { blobs } }: ExportParts, pictures: ApiStateFile['pictures']): Promise<void> {
  const files = pictures.map(({ digest, base64 }) => ({ digest, bytes: Buffer.from(base64, 'base64') }))
  const other = files.find(({ digest, bytes }) => digestOf(bytes) !== digest)
  if (other) throw new Problem('seed_file.invalid', `The picture ${other.digest} is not what its digest says.`)
  for (const { digest, bytes } of files) await blobs.put(digest, bytes)
}
