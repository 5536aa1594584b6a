import type { Kysely } from 'kysely'
import { type Actor, actorName } from '../actors/actor.ts'
import type { Schema } from '../db/schema.ts'
import type { Clock } from '../time/clock.ts'
import { changeInstallation } from './change-installation.ts'
import { findRange, type Period, readEntries } from './read-trail.ts'
import { type EntryRow, GENESIS_HASH } from './trail-entry.ts'
import { TrailFileWriter, toFileEntry } from './trail-file.ts'
import { loadTrailKey } from './trail-key.ts'

/** Entries that are read and sent at once. */
const PAGE = 100

interface ExportParts {
  db: Kysely<Schema>
  clock: Clock
  /** Whether an entry's detail is not for who exports. */
  isWithheld: (entry: EntryRow) => Promise<boolean>
}

interface Export extends Period {
  /** Undefined: the installation's own trail. */
  account: { accountId: number; appid: string } | undefined
  actor: Actor
}

/** Export a trail, or a period of it, as a signed file, piece by piece. The installation's trail tells first who did. */
export async function* exportTrail(
  { db, clock, isWithheld }: ExportParts,
  { account, actor, ...period }: Export,
): AsyncGenerator<string> {
  const owner = account?.accountId
  const at = clock.installation()
  const by = actorName(actor)
  await changeInstallation(db, async ({ append }) => {
    const times = { from: period.from?.toISOString() ?? null, to: period.to?.toISOString() ?? null }
    append({ at, actor: by, action: 'trail.export', detail: { appid: account?.appid ?? null, ...times } })
  })
  const { first, last } = await findRange(db, owner, period)
  const [before] = await readEntries(db, owner, first - 1, first - 1)
  const file = new TrailFileWriter(await loadTrailKey(db))
  yield file.begin({
    appid: account?.appid ?? null,
    account_id: owner ?? 0,
    from_entry: first,
    to_entry: last,
    previous: before?.hash ?? GENESIS_HASH,
    exported_at: at.toISOString(),
    exported_by: by,
  })
  for (let from = first; from <= last; from += PAGE) {
    const entries = await readEntries(db, owner, from, Math.min(from + PAGE - 1, last))
    const lines: string[] = []
    for (const entry of entries) lines.push(file.add(toFileEntry(entry, await isWithheld(entry))))
    yield lines.join('')
  }
  yield file.end()
}
