import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { changeInstallation, type InstallationChange } from '../../journal/change-installation.ts'
import type { SessionCheck } from './session-check.ts'

/** Change the installation in a way that begins or ends sessions: afterwards this process looks at each of them anew. */
export async function changeSessions<T>(
  { db, sessions }: { db: Kysely<Schema>; sessions: SessionCheck },
  work: (installation: InstallationChange) => Promise<T>,
): Promise<T> {
  const answer = await changeInstallation(db, work)
  sessions.empty()
  return answer
}
