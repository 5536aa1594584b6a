import { baselineKindsOf, compareWrites, targetOf } from './against-baseline.ts'
import type { Figure, Measure } from './measure.ts'
import { startBaseline, startShenpi } from './processes.ts'
import { type Applicant, createApplicant, importCategories, layAccounts, submissions } from './submissions.ts'

const APPLICANTS = 32
/** Each may be applied for once by each account. */
const CATEGORIES = 10_000

/**
 * How fast applications are taken, each on disk before it is answered, against the baseline's inserts on a database
 * with the same tables, indexes and durability.
 */
export const durableSubmit: Measure = {
  name: 'submit',
  async run(database, settings) {
    const figures: Figure[] = []
    for (const kind of baselineKindsOf(database)) {
      await using place = await database.place()
      await using server = await startShenpi(place)
      await importCategories(server, CATEGORIES)
      const applicants: Applicant[] = []
      for (let count = 0; count < APPLICANTS; count += 1) applicants.push(await createApplicant(server))

      await using baselinePlace = await database.place()
      await layAccounts(baselinePlace, applicants)
      await using baseline = await startBaseline(baselinePlace, 'submit', kind, targetOf(baselinePlace))
      const ourPath = ({ token }: Applicant) => `/shop/audit/audit_category?access_token=${token}`
      const baselinePath = ({ accountId }: Applicant) => `/submit?account=${accountId}`
      const ours = { server, next: submissions(applicants, CATEGORIES, ourPath) }
      const theirs = { server: baseline, next: submissions(applicants, Number.POSITIVE_INFINITY, baselinePath) }
      figures.push(await compareWrites('submit', kind, { ours, baseline: theirs }, settings))
    }
    return figures
  },
}
