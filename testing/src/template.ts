import { cpSync, rmSync } from 'node:fs'
import { openServer } from 'shenpi/src/open-server.ts'
import { type Clock, systemClock } from 'shenpi/src/time/clock.ts'
import { configOf, SILENT } from './config.ts'
import { newFolder } from './temporary-folder.ts'

/** When the template's data was made: before every time that a sandbox may be set to. */
export const SEEDED_AT = new Date('2020-01-01T00:00+08:00')

const seedClock: Clock = { ...systemClock, now: () => SEEDED_AT, installation: () => SEEDED_AT }

const templates = new Map<string, Promise<string>>()

/**
 * A data directory of a sandbox's own: migrated and seeded once in a process for each way to seed, and copied.
 *
 * @param folder default: a new one, in memory where there is room
 */
export async function cloneTemplate(
  settings: Readonly<Record<string, string>>,
  folder: string = newFolder(),
): Promise<string> {
  // What is seeded follows from it alone.
  const { SANDBOX_APPROVE = '' } = settings
  let template = templates.get(SANDBOX_APPROVE)
  template ??= layTemplate({ SANDBOX_APPROVE })
  templates.set(SANDBOX_APPROVE, template)
  cpSync(await template, folder, { recursive: true })
  return folder
}

async function layTemplate(settings: Readonly<Record<string, string>>): Promise<string> {
  const folder = newFolder()
  try {
    const parts = { clock: seedClock, publicUrl: () => '', isThrowaway: true }
    const { close } = await openServer(configOf(folder, settings), SILENT, parts)
    await close()
    return folder
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
