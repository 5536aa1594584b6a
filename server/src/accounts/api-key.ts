import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { writeDurably } from '../data-dir/durable-file.ts'
import type { Schema } from '../db/schema.ts'
import { codeOf } from '../thrown.ts'
import type { Clock } from '../time/clock.ts'
import { hasApiKey, insertApiKey } from './api-key.store.ts'
import { hashSecret } from './secret.ts'

/** The file of the native API's key, for the command line and for the operator. */
export const apiKeyPath = (dataDir: string): string => join(dataDir, 'api-key')

/** The beginning of a key that a server drew. */
const DRAWN = 'shenpi_'

/**
 * Make the key of the native API at the first start, and store its hash in the database. A server with its own data directory
 * has its own key; all keys of one database are valid.
 */
export async function ensureApiKey(db: Kysely<Schema>, clock: Clock, dataDir: string): Promise<void> {
  const known = await readApiKey(dataDir)
  const key = known ?? `${DRAWN}${randomBytes(32).toString('base64url')}`
  // Not written at each start: on Citus that needs every node, and a server starts while one is down.
  if (!(await hasApiKey(db, hashSecret(key)))) await insertApiKey(db, hashSecret(key), clock.now())
  // After the database, so that a drawn key beside an unused database means that a database was lost.
  if (!known) await writeDurably(apiKeyPath(dataDir), `${key}\n`)
}

/** Whether a server drew the key, rather than that an operator wrote it. */
export const isDrawnKey = (key: string | undefined): boolean => key?.startsWith(DRAWN) ?? false

export async function readApiKey(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(apiKeyPath(dataDir), 'utf8')).trim() || undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** How long a key counts without another look. Unit: milliseconds of the machine's time. */
const TTL_MS = 3000

/**
 * Tells keys of the native API from other texts. A key that was good a moment ago costs no query; one that is taken out of
 * the database is noticed within three seconds. Only good keys are kept in mind, so there are few.
 */
export function apiKeyCheck(db: Kysely<Schema>): (key: string) => Promise<boolean> {
  const validUntil = new Map<string, number>()
  return async (key) => {
    if ((validUntil.get(key) ?? 0) > performance.now()) return true
    const isKnown = await hasApiKey(db, hashSecret(key))
    if (isKnown) validUntil.set(key, performance.now() + TTL_MS)
    else validUntil.delete(key)
    return isKnown
  }
}
