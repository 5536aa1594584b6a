import { openServer } from 'shenpi/src/open-server.ts'
import { type Clock, systemClock } from 'shenpi/src/time/clock.ts'
import { configOf, SILENT } from './config.ts'
import { processFolder } from './temporary-folder.ts'

/** When the template's data was made: before every time that a sandbox may be set to. */
const SEEDED_AT = new Date('2020-01-01T00:00+08:00')

const seedClock: Clock = { ...systemClock, now: () => SEEDED_AT, installation: () => SEEDED_AT }

type Settings = Readonly<Record<string, string>>

/** Those that are being laid: what opens together shares one. */
const underWay = new Map<string, Promise<string>>()

/** The data directory, migrated and seeded, of which sandboxes with these settings are copies. */
export async function templateOf(settings: Settings): Promise<string> {
  const key = JSON.stringify(settings)
  const known = underWay.get(key)
  if (known) return await known
  const laid = layFor(settings)
  underWay.set(key, laid)
  return await laid.finally(() => underWay.delete(key))
}

async function layFor(settings: Settings): Promise<string> {
  const { layTemplate } = await import('shenpi/src/sandbox/state/template.ts')
  return await layTemplate(configOf(processFolder(), settings), seedClock, (dataDir) => lay(dataDir, settings))
}

async function lay(dataDir: string, settings: Settings): Promise<void> {
  const parts = { clock: seedClock, publicUrl: () => '', isThrowaway: true }
  const { close } = await openServer(configOf(dataDir, settings), SILENT, parts)
  await close()
}
