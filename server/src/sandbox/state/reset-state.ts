import { insertDeviceQuota } from '../../accounts/account.store.ts'
import type { Account } from '../../accounts/account.ts'
import { FIRST_SCENES } from '../../accounts/create-account.ts'
import { inDataDir } from '../../data-dir/data-dir.ts'
import { engineOf } from '../../db/engine.ts'
import type { Database } from '../../db/open.ts'
import { readFileRows } from '../../db/sqlite/file-rows.ts'
import { changeInstallation } from '../../journal/change-installation.ts'
import { insertJournal } from '../../journal/journal.store.ts'
import { Problem } from '../../problem.ts'
import type { Clock } from '../../time/clock.ts'
import type { Sandbox } from '../sandbox.ts'
import { FileRefused } from '../yaml-file.ts'
import { asAccount } from './as-account.ts'
import { type ExchangeParts, exchangeState } from './exchange-state.ts'
import { lockSameAccount } from './lock-same-account.ts'
import { replaceAccount, replaceAll } from './replace-state.ts'
import { readRows } from './state-rows.store.ts'
import { ACCOUNT_TABLES, STATE_TABLES } from './state-tables.ts'

export interface ResetParts extends ExchangeParts {
  db: Database
  clock: Clock
  sandbox: Pick<Sandbox, 'clocks' | 'gate' | 'snapshots' | 'template'>
  policy: { current: { deviceCeiling: number } }
}

/**
 * Everything but who may come in begins anew, as it was seeded.
 *
 * @returns see {@link exchangeState}
 * @throws Problem see {@link templateOf}, {@link exchangeState}
 */
export async function resetAll(parts: ResetParts, actor: string): Promise<number> {
  const { db } = parts
  const template = await templateOf(parts)
  const { file } = engineOf(db)
  const tookMs = await exchangeState(parts, undefined, async () => {
    if (file) await file.takeFrom(template, STATE_TABLES)
    else await replaceAll(db, readFileRows(template, STATE_TABLES) ?? [])
    return undefined
  })
  const at = parts.clock.installation()
  await changeInstallation(db, async ({ append }) => append({ at, actor, action: 'sandbox.reset', detail: {} }))
  return tookMs
}

/** An account begins anew: as it was seeded, or else as it was created. @returns see {@link exchangeState} */
export async function resetAccount(parts: ResetParts, account: Account, actor: string): Promise<number> {
  const { db } = parts
  const { accountId, appid } = account
  const template = await templateOf(parts)
  const seeded = readFileRows(template, ACCOUNT_TABLES, appid)
  return await exchangeState(parts, accountId, async () => {
    await lockSameAccount(db, account, async (trx) => {
      if (seeded) return await replaceAccount(trx, accountId, asAccount(seeded, accountId))
      const created = await readRows(trx, 'account', accountId)
      await replaceAccount(trx, accountId, [
        { table: 'account', rows: created.map((row) => ({ ...row, ...AS_CREATED })) },
      ])
      const at = parts.clock.installation()
      await insertJournal(trx, accountId, { at, actor, action: 'account.reset', detail: { appid } })
      await insertDeviceQuota(trx, accountId, parts.policy.current.deviceCeiling)
    })
    return undefined
  })
}

/** @throws Problem `seed_file.invalid`: somebody has changed `SANDBOX_SEED_FILE` since the start */
async function templateOf({ sandbox }: ResetParts): Promise<string> {
  try {
    return inDataDir(await sandbox.template()).database
  } catch (error) {
    throw error instanceof FileRefused ? new Problem('seed_file.invalid', `${error.message}.`) : error
  }
}

/** How an account stands at first; its name and what it proves itself with stay. */
const AS_CREATED = { scene_groups: JSON.stringify(FIRST_SCENES), verified: 1, frozen_at: null, secret_frozen_at: null }
