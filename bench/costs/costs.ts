import type { BenchDatabase } from '../databases.ts'
import type { Measure } from '../measure.ts'
import { decisionCosts } from './decision.ts'
import { pageCosts } from './page.ts'
import { countStatements } from './statements.ts'
import { submissionCosts } from './submission.ts'

/**
 * What a submission, a decision and a page of 50 cost beside one insert, one update and one select of the baseline, in the
 * processor's time of the server and of PostgreSQL together; and how many statements the first two send.
 */
export const costs: Measure = {
  name: 'costs',
  async run(database: BenchDatabase, settings) {
    return [
      ...(await submissionCosts(database, settings)),
      ...(await decisionCosts(database, settings)),
      ...(await pageCosts(database, settings)),
      ...(await countStatements(database)),
    ]
  },
}
