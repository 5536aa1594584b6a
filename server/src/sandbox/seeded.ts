import { createHash, createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { SeededEntropy } from '../entropy/entropy.ts'
import { countStart } from './seed-starts.store.ts'

/** What follows from a seed. The first start on a new database draws the same each time; later ones draw what is new to it. */
export async function openSeed(db: Kysely<Schema>, seed: string) {
  const before = await countStart(db, createHash('sha256').update(seed).digest('hex'))
  return {
    entropy: new SeededEntropy(seed, before, true),
    ticketSecret: createHmac('sha256', seed).update('shake_ticket').digest('hex'),
  }
}
