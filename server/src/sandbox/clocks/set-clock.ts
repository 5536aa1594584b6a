import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { Problem } from '../../problem.ts'
import { type AccountClocks, type ClockSetting, SERVER } from '../../time/account-clocks.ts'
import { saveClock } from './clock.store.ts'

interface Parts {
  db: Kysely<Schema>
  clocks: AccountClocks
}

/** As late as a clock is set at most: what follows from it, ten years later too, is told with four digits of a year. Our choice. */
export const LATEST = new Date('9900-01-01T00:00:00Z')

/** @throws Problem `clock.backwards`: only a snapshot leads back; `request.malformed` where no clock can go */
export function assertAhead(now: Date, at: Date): void {
  if (at < now) throw new Problem('clock.backwards')
  if (at > LATEST) throw new Problem('request.malformed', `A clock is set to ${LATEST.toISOString()} at most.`)
}

/**
 * Set an account's clock, or the server's: to a time, to stand still, to run on.
 *
 * @param accountId an account, or `SERVER`
 * @param wanted what is left out stays as it is
 * @throws Problem see {@link assertAhead}
 */
export async function setClock(
  parts: Parts,
  accountId: number,
  { at, isFrozen }: { at?: Date | undefined; isFrozen?: boolean | undefined },
): Promise<ClockSetting> {
  const { clocks } = parts
  const now = timeOf(clocks, accountId)
  if (at) assertAhead(now, at)
  const standsStill = isFrozen ?? clocks.settingOf(accountId).frozenAt !== null
  return await save(parts, accountId, settingAt(parts, accountId, at ?? now, standsStill))
}

/** Set an account's clock forward; one that stands still goes on standing still. */
export async function moveClock(parts: Parts, accountId: number, at: Date): Promise<void> {
  const standsStill = parts.clocks.settingOf(accountId).frozenAt !== null
  await save(parts, accountId, settingAt(parts, accountId, at, standsStill))
}

export const timeOf = (clocks: AccountClocks, accountId: number): Date =>
  accountId === SERVER ? clocks.installation() : clocks.now(accountId)

function settingAt({ clocks }: Parts, accountId: number, at: Date, standsStill: boolean): ClockSetting {
  return standsStill ? { offsetMs: 0, frozenAt: at } : { offsetMs: clocks.offsetTo(accountId, at), frozenAt: null }
}

async function save({ db, clocks }: Parts, accountId: number, setting: ClockSetting): Promise<ClockSetting> {
  await saveClock(db, accountId, setting)
  clocks.set(accountId, setting)
  return setting
}
