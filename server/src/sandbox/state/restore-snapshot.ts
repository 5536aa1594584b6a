import { existsSync } from 'node:fs'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { engineOf } from '../../db/engine.ts'
import { changeInstallation } from '../../journal/change-installation.ts'
import { Problem } from '../../problem.ts'
import { asAccount } from './as-account.ts'
import { type Drawn, exchangeState } from './exchange-state.ts'
import { lockSameAccount } from './lock-same-account.ts'
import { endAllLeases, replaceAccount, replaceAll } from './replace-state.ts'
import { findSnapshot, type SnapshotRow } from './snapshot.store.ts'
import { readStateFile } from './state-file.ts'
import { endLeases } from './state-rows.store.ts'
import { STATE_TABLES } from './state-tables.ts'
import { type SnapshotParts, snapshotPath } from './take-snapshot.ts'

/**
 * Go back to a snapshot: clocks and trails too.
 *
 * @throws Problem `snapshot.unknown`, `snapshot.of_other_release`, `clock.busy`, `sandbox.busy`, and of an account that is gone
 *   `account.unknown`
 */
export async function restoreSnapshot(
  parts: SnapshotParts,
  name: string,
  actor: string,
): Promise<{ appid: string | null; tookMs: number }> {
  // Its file stays until it is read.
  const { row, tookMs } = await parts.sandbox.snapshots.run(() => restoreRow(parts, name))
  const at = parts.clock.installation()
  const detail = { name, appid: row.appid }
  await changeInstallation(parts.db, async ({ append }) => append({ at, actor, action: 'sandbox.restore', detail }))
  return { appid: row.appid, tookMs }
}

async function restoreRow(parts: SnapshotParts, name: string): Promise<{ row: SnapshotRow; tookMs: number }> {
  const row = await findSnapshot(parts.db, name)
  if (!row) throw new Problem('snapshot.unknown')
  return {
    row,
    tookMs: row.appid === null ? await restoreAll(parts, row) : await restoreAccount(parts, row, row.appid),
  }
}

async function restoreAll(parts: SnapshotParts, { file, content, drawn }: SnapshotRow): Promise<number> {
  const { file: database } = engineOf(parts.db)
  if (file !== null && !existsSync(snapshotPath(parts, file))) {
    throw new Problem('snapshot.unknown', 'The file in which it lay is gone.')
  }
  const state = content === null ? [] : readStateFile(content).state
  return await exchangeState(parts, undefined, async () => {
    if (file !== null && database) await database.takeFrom(snapshotPath(parts, file), STATE_TABLES).catch(refuseOther)
    else await replaceAll(parts.db, state)
    await endAllLeases(parts.db)
    return JSON.parse(drawn) satisfies Drawn
  })
}

async function restoreAccount(parts: SnapshotParts, { content }: SnapshotRow, appid: string): Promise<number> {
  const account = await getAccountByAppid(parts.db, appid)
  const { accountId } = account
  const { state } = readStateFile(content ?? '')
  return await exchangeState(parts, accountId, async () => {
    await lockSameAccount(parts.db, account, async (trx) => {
      await replaceAccount(trx, accountId, asAccount(state, accountId))
      await endLeases(trx, accountId)
    })
    // What is drawn next was not drawn before, whatever came between.
    return []
  })
}

function refuseOther(error: unknown): never {
  if (error instanceof Error && error.name === 'OtherRelease') {
    throw new Problem('snapshot.of_other_release', `${error.message}.`)
  }
  throw error
}
