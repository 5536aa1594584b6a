import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../../package.json' with { type: 'json' }
import type { Config } from '../../config.ts'
import { inDataDir } from '../../data-dir/data-dir.ts'
import { migrations } from '../../db/migrations/index.ts'
import { toSingleFile } from '../../db/sqlite/file-exchange.ts'
import { chinaDay } from '../../time/china-time.ts'
import type { Clock } from '../../time/clock.ts'
import { readText } from '../yaml-file.ts'

/** Templates that are kept beside one another: of suites that seed in several ways. */
const KEPT_MAX = 10

/**
 * A template for these settings: a data directory that was migrated and seeded, its database an SQLite file whatever the
 * server's own is; to be read or copied, not to be used. It is laid once on a day, and kept by the hash of all that it follows
 * from.
 *
 * @param lay makes the data directory, and lets go of it
 * @returns its path
 */
export async function layTemplate(
  config: Config,
  clock: Clock,
  lay: (dataDir: string) => Promise<void>,
): Promise<string> {
  const folder = inDataDir(config.dataDir).templates
  const seedFile = config.sandboxSeedFile && (await readText(config.sandboxSeedFile))
  const name = keyOf(config, seedFile, clock)
  const place = join(folder, name)
  if (existsSync(place)) return place
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const made = await mkdtemp(join(folder, 'new-'))
  try {
    await lay(made)
    toSingleFile(inDataDir(made).database)
    // Another process may be as fast: theirs is as good.
    await rename(made, place).catch((error) => {
      if (!existsSync(place)) throw error
    })
  } finally {
    await rm(made, { recursive: true, force: true })
  }
  await removeOthers(folder, name)
  return place
}

/** By the release, the migrations, the seed and its day: what was due in three days is not overdue for a month. */
function keyOf({ sandboxApprove, sandboxSeed, policy }: Config, seedFile: string | undefined, clock: Clock): string {
  const day = chinaDay(clock.installation())
  const all = [manifest.version, Object.keys(migrations), sandboxApprove, sandboxSeed, seedFile, policy.first, day]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32)
}

/** Of other seeds, days and releases. */
async function removeOthers(folder: string, name: string): Promise<void> {
  const others = (await readdir(folder)).filter((other) => other !== name && !other.startsWith('new-'))
  for (const other of others.slice(KEPT_MAX - 1)) await rm(join(folder, other), { recursive: true, force: true })
}
