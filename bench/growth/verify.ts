import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Place } from '../../server/test/databases.ts'
import type { BenchDatabase } from '../databases.ts'
import type { Figure, Settings } from '../measure.ts'
import { CHECKOUT, familySeconds, processorSeconds } from '../processes.ts'
import { median, takeTurns } from '../statistics.ts'
import { RATE_MIN } from './compare.ts'
import type { World } from './world.ts'

/** A trail is verified again and again for so long of the processor's time, so that a short one is measured as well. */
const LEAST_SECONDS = 0.5
/** A million entries take minutes. */
const ROUNDS_MAX = 3

const checkout = (file: string) => pathToFileURL(join(CHECKOUT, file)).href
const { openDatabase }: typeof import('../../server/src/db/open.ts') = await import(checkout('server/src/db/open.ts'))
const { verifyTrail }: typeof import('../../server/src/journal/verify-trail.ts') = await import(
  checkout('server/src/journal/verify-trail.ts')
)

/** How many entries a second `audit verify` reads and recomputes in a large database, against a small one. */
export async function compareVerification(
  database: BenchDatabase,
  { small, large, what }: { small: World; large: World; what: string },
  { rounds }: Settings,
): Promise<Figure> {
  const [larges = [], smalls = []] = await takeTurns(
    Math.min(rounds, ROUNDS_MAX),
    [large, small].map(
      ({ place }) =>
        () =>
          verify(database, place),
    ),
  )
  return {
    measure: `audit verify, ${what}`,
    value: median(larges.map((rate, round) => rate / (smalls[round] as number))),
    unit: 'ratio',
    bar: { atLeast: RATE_MIN },
    detail: `${Math.round(median(larges))} entries a second of the processor’s time, small ${Math.round(median(smalls))}`,
  }
}

/** Unit: entries a second of the processor's time. */
async function verify({ cluster }: BenchDatabase, { databaseUrl, dataDir }: Place): Promise<number> {
  const seconds = () => processorSeconds(process.pid) + (cluster ? familySeconds(cluster.pid) : 0)
  const db = await openDatabase({ databaseUrl, sqlitePath: join(dataDir, 'shenpi.db') })
  try {
    const before = seconds()
    for (let entries = 0; ; ) {
      const report = await verifyTrail(db)
      if (report.faults.length > 0) throw new Error(`a trail is broken: ${JSON.stringify(report.faults[0])}`)
      entries += report.entries
      const passed = seconds() - before
      if (passed >= LEAST_SECONDS) return entries / passed
    }
  } finally {
    await db.destroy()
  }
}
