import { join } from 'node:path'
import type { Place } from '../server/test/databases.ts'
import type { BenchDatabase } from './databases.ts'
import { compareLoads, LoadClient } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { startByHand, startShenpi } from './processes.ts'
import { takeTurns } from './statistics.ts'
import { type Applicant, createApplicant, importCategories, layAccounts, submissions } from './submissions.ts'

const ROUND_MS = 1000
const WARM_UP_MS = 2000
const APPLICANTS = 32
/** Each may be applied for once by each account. */
const CATEGORIES = 10_000

/** How a database is written to by hand, by the name that `by-hand/main.ts` knows. */
export const handsOf = ({ name }: BenchDatabase): readonly string[] =>
  name === 'sqlite' ? ['sqlite-single', 'sqlite-group'] : ['postgres']

export const inWords = (hand: string): string => (hand === 'sqlite-group' ? 'in groups' : 'one transaction each')

/** What `by-hand/main.ts` opens. */
export const targetOf = ({ databaseUrl, dataDir }: Place): string => databaseUrl ?? join(dataDir, 'shenpi.db')

/**
 * How fast applications are taken, each on disk before it is answered, against the same inserts by hand on a database
 * with the same tables, indexes and durability.
 */
export const durableSubmit: Measure = {
  name: 'submit',
  async run(database, { rounds }) {
    const figures: Figure[] = []
    for (const hand of handsOf(database)) {
      await using place = await database.place()
      await using server = await startShenpi(place)
      await importCategories(server, CATEGORIES)
      const applicants: Applicant[] = []
      for (let count = 0; count < APPLICANTS; count += 1) applicants.push(await createApplicant(server))

      await using handPlace = await database.place()
      await layAccounts(handPlace, applicants)
      await using byHand = await startByHand(handPlace, 'submit', hand, targetOf(handPlace))
      using ours = await LoadClient.open(server)
      using theirs = await LoadClient.open(byHand)
      const ourPath = ({ token }: Applicant) => `/shop/audit/audit_category?access_token=${token}`
      const nextOurs = submissions(applicants, CATEGORIES, ourPath)
      const nextTheirs = submissions(
        applicants,
        Number.POSITIVE_INFINITY,
        ({ accountId }) => `/submit?account=${accountId}`,
      )
      await ours.run(nextOurs, WARM_UP_MS)
      await theirs.run(nextTheirs, WARM_UP_MS)
      const [ourLoads = [], theirLoads = []] = await takeTurns(rounds, [
        () => ours.run(nextOurs, ROUND_MS),
        () => theirs.run(nextTheirs, ROUND_MS),
      ])
      const { ratio, detail } = compareLoads(ourLoads, theirLoads, 'by hand')
      const measure = `submit, by hand ${inWords(hand)}`
      figures.push({ measure, value: ratio, unit: 'ratio', bar: { atLeast: 0.5 }, detail })
    }
    return figures
  },
}
