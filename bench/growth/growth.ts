import type { BenchDatabase } from '../databases.ts'
import type { Figure, Measure, Settings } from '../measure.ts'
import { compareStarts } from './beside-gigabyte.ts'
import { compareJobs } from './compare.ts'
import { compareVerification } from './verify.ts'
import { layWorld, type Size } from './world.ts'

/** The accounts among which growing applications are spread. */
const ACCOUNTS = 32
/** Applications of each of the growing accounts. */
const APPLICATIONS_EACH = 10
const FEW = { applications: 1000, accounts: 10 }

/** @param many the applications of the large database */
export const growthOfApplications = (many: number): Measure => ({
  name: 'applications',
  async run(database, settings) {
    const small = { accounts: ACCOUNTS, applications: FEW.applications }
    const large = { accounts: ACCOUNTS, applications: many }
    return await compareSizes(database, { small, large, what: `${many} applications` }, settings)
  },
})

/** @param many the accounts of the large database */
export const growthOfAccounts = (many: number): Measure => ({
  name: 'accounts',
  async run(database, settings) {
    const of = (accounts: number) => ({ accounts, applications: accounts * APPLICATIONS_EACH })
    return await compareSizes(
      database,
      { small: of(FEW.accounts), large: of(many), what: `${many} accounts` },
      settings,
    )
  },
})

async function compareSizes(
  database: BenchDatabase,
  sizes: { small: Size; large: Size; what: string },
  settings: Settings,
): Promise<Figure[]> {
  await using smallPlace = await database.place()
  await using largePlace = await database.place()
  const small = await layWorld(smallPlace, sizes.small)
  const large = await layWorld(largePlace, sizes.large)
  const worlds = { small, large, what: sizes.what }
  const figures = [await compareVerification(database, worlds, settings), ...(await compareStarts(worlds, settings))]
  for (const { measure, value } of figures) console.error(`  ${measure}: ${value.toFixed(2)}`)
  return [...figures, ...(await compareJobs(database, worlds, settings))]
}
