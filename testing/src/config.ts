import pino from 'pino'
import { type Config, readConfig } from 'shenpi/src/config.ts'

export const SILENT = pino({ level: 'silent' })

/** The settings of docs/configuration.md, but for those that say where a server is and what it is. */
export function configOf(dataDir: string, settings: Readonly<Record<string, string>>): Config {
  return readConfig({ ...settings, DATA_DIR: dataDir, PORT: '0', MODE: 'sandbox' })
}

const PLACES = ['DATA_DIR', 'DATABASE_URL', 'MODE', 'PICTURES_DIR', 'PORT']

/** @throws Error for settings of another place: a test's sandbox would be made in somebody's data */
export function refusePlaces(settings: Readonly<Record<string, string>>): void {
  const given = PLACES.filter((name) => settings[name])
  if (given.length > 0)
    throw new Error(`settings: a sandbox is given no ${given.join(', ')}, it has a place of its own`)
}
