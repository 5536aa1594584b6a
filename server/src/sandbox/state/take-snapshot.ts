import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SNAPSHOTS_BYTES_MAX, SNAPSHOTS_MAX } from '@shenpi/sdk/contract/api'
import type { Account } from '../../accounts/account.ts'
import { inDataDir } from '../../data-dir/data-dir.ts'
import { engineOf } from '../../db/engine.ts'
import type { TableRows } from '../../db/sqlite/file-rows.ts'
import { drawSecret } from '../../entropy/draw-secret.ts'
import { SeededEntropy } from '../../entropy/entropy.ts'
import { changeInstallation } from '../../journal/change-installation.ts'
import { Problem } from '../../problem.ts'
import { lockSameAccount } from './lock-same-account.ts'
import { readAccount, readMoment } from './replace-state.ts'
import type { ResetParts } from './reset-state.ts'
import {
  deleteSnapshotRow,
  findSnapshot,
  listSnapshotFiles,
  listSnapshots,
  type SnapshotRow,
  saveSnapshot,
} from './snapshot.store.ts'
import { toStateText } from './state-file.ts'

/** The largest snapshot that is kept as rows. Unit: characters. Source: docs/sandbox-state.md. */
const ROWS_MAX = 10_000_000

export interface SnapshotParts extends ResetParts {
  config: { dataDir: string }
  /** What is counted in memory: written before it is kept. */
  flush: () => Promise<unknown>
}

/** Where a snapshot of SQLite lies. @param file a name that was drawn: nothing of a request becomes a path */
export const snapshotPath = ({ config }: Pick<SnapshotParts, 'config'>, file: string): string =>
  join(inDataDir(config.dataDir).snapshots, file)

/**
 * Keep how an account stands, or everything, under a name; one of this name is replaced.
 *
 * @throws Problem `snapshot.too_many`, `snapshot.too_large`
 */
export async function takeSnapshot(parts: SnapshotParts, asked: AskedSnapshot): Promise<SnapshotRow> {
  return await parts.sandbox.snapshots.run(async () => {
    try {
      return await keepSnapshot(parts, asked)
    } finally {
      // What was replaced, what was refused, and what a process left that died.
      await sweepFiles(parts)
    }
  })
}

interface AskedSnapshot {
  name: string
  account: Account | undefined
  actor: string
}

async function keepSnapshot(parts: SnapshotParts, { name, account, actor }: AskedSnapshot): Promise<SnapshotRow> {
  const { db, clock, entropy } = parts
  const others = (await listSnapshots(db, { after: '', limit: SNAPSHOTS_MAX + 1 })).filter((each) => each.name !== name)
  if (others.length >= SNAPSHOTS_MAX) throw new Problem('snapshot.too_many')
  await parts.flush()
  const kept = account || !engineOf(db).file ? await keepRows(parts, account) : await keepFile(parts)
  const bytes = others.reduce((sum, each) => sum + Number(each.bytes), kept.bytes)
  if (bytes > SNAPSHOTS_BYTES_MAX) throw new Problem('snapshot.too_large', `With it there were ${bytes} bytes.`)
  const drawn = JSON.stringify(entropy instanceof SeededEntropy ? entropy.drawn() : [])
  const at = clock.installation()
  const row = { name, appid: account?.appid ?? null, taken_at: at.getTime(), drawn, ...kept }
  await saveSnapshot(db, row)
  const detail = { name, appid: row.appid }
  await changeInstallation(db, async ({ append }) => append({ at, actor, action: 'sandbox.snapshot', detail }))
  return row
}

/** @throws Problem `snapshot.unknown` */
export async function deleteSnapshot(parts: SnapshotParts, name: string): Promise<void> {
  await parts.sandbox.snapshots.run(async () => {
    if (!(await findSnapshot(parts.db, name))) throw new Problem('snapshot.unknown')
    await deleteSnapshotRow(parts.db, name)
    await sweepFiles(parts)
  })
}

async function keepFile(parts: SnapshotParts) {
  const { file: database } = engineOf(parts.db)
  const file = `${drawSecret(8).toString('hex')}.db`
  const path = snapshotPath(parts, file)
  await mkdir(inDataDir(parts.config.dataDir).snapshots, { recursive: true, mode: 0o700 })
  await database?.copyTo(path)
  return { file, content: null, bytes: (await stat(path)).size }
}

async function keepRows({ db, sandbox }: SnapshotParts, account: Account | undefined) {
  const state = await readState({ db, sandbox }, account)
  const content = toStateText(state, account?.appid)
  if (content.length > ROWS_MAX) throw new Problem('snapshot.too_large', `It has ${content.length} characters.`)
  return { file: null, content, bytes: Buffer.byteLength(content) }
}

/** How an account stands, or everything. No other state takes its place meanwhile; all others go on. */
export const readState = (
  { db, sandbox }: Pick<SnapshotParts, 'db' | 'sandbox'>,
  account: Account | undefined,
): Promise<TableRows[]> =>
  sandbox.gate.run('request', undefined, () =>
    account ? lockSameAccount(db, account, (trx) => readAccount(trx, account.accountId)) : readMoment(db),
  )

/** Within a turn: remove the files that no snapshot lies in. */
async function sweepFiles({ db, config }: SnapshotParts): Promise<void> {
  if (!engineOf(db).file) return
  const { snapshots } = inDataDir(config.dataDir)
  const files = existsSync(snapshots) ? await readdir(snapshots) : []
  const kept = await listSnapshotFiles(db)
  for (const file of files) if (!kept.has(file)) await rm(join(snapshots, file), { force: true })
}
