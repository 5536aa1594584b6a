import pino from 'pino'
import { type Config, readConfig } from 'shenpi/src/config.ts'

export const SILENT = pino({ level: 'silent' })

/** The settings of docs/configuration.md, but for those that say where a server is and what it is. */
export function configOf(dataDir: string, settings: Readonly<Record<string, string>>): Config {
  return readConfig({ ...settings, DATA_DIR: dataDir, PORT: '0', MODE: 'sandbox' })
}
