import { compareWrites, handsOf, targetOf } from './against-hand.ts'
import type { Figure, Measure } from './measure.ts'
import { startByHand, startShenpi } from './processes.ts'
import { type Applicant, createApplicant, importCategories, layAccounts, submissions } from './submissions.ts'

const APPLICANTS = 32
/** Each may be applied for once by each account. */
const CATEGORIES = 10_000

/**
 * How fast applications are taken, each on disk before it is answered, against the same inserts by hand on a database
 * with the same tables, indexes and durability.
 */
export const durableSubmit: Measure = {
  name: 'submit',
  async run(database, settings) {
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
      const ourPath = ({ token }: Applicant) => `/shop/audit/audit_category?access_token=${token}`
      const handPath = ({ accountId }: Applicant) => `/submit?account=${accountId}`
      const ours = { server, next: submissions(applicants, CATEGORIES, ourPath) }
      const theirs = { server: byHand, next: submissions(applicants, Number.POSITIVE_INFINITY, handPath) }
      figures.push(await compareWrites('submit', hand, { ours, byHand: theirs }, settings))
    }
    return figures
  },
}
