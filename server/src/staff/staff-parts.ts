import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Clock } from '../time/clock.ts'
import type { SessionCheck } from './sessions/session-check.ts'

/** What changes of the staff need. */
export interface StaffParts {
  db: Kysely<Schema>
  clock: Clock
  sessions: SessionCheck
}
