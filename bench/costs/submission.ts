import type { Place } from '../../server/test/databases.ts'
import { targetOf } from '../against-baseline.ts'
import type { BenchDatabase } from '../databases.ts'
import type { Figure, Settings } from '../measure.ts'
import { type Started, startBaseline, startShenpi } from '../processes.ts'
import { type Applicant, createApplicant, importCategories, layAccounts, submissions } from '../submissions.ts'
import { baselineOn, besideBaseline } from './beside-baseline.ts'

const APPLICANTS = 32
/** Each may be applied for once by each account. */
export const CATEGORIES = 10_000
const RATE_MIN = { sqlite: 0.2, postgres: 0.4 }
const P99_MAX = 5

/** A server, and applicants who apply to it. */
export async function startSubmissions(place: Place, { env, checkout }: Started = {}) {
  const server = await startShenpi(place, env, checkout)
  await importCategories(server, CATEGORIES)
  const applicants: Applicant[] = []
  for (let count = 0; count < APPLICANTS; count += 1) applicants.push(await createApplicant(server))
  const path = ({ token }: Applicant) => `/shop/audit/audit_category?access_token=${token}`
  return {
    server,
    applicants,
    next: submissions(applicants, CATEGORIES, path),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** A submission beside one insert. */
export async function submissionCosts(database: BenchDatabase, settings: Settings): Promise<Figure[]> {
  await using place = await database.place()
  await using ours = await startSubmissions(place)
  await using otherPlace = await database.place()
  await layAccounts(otherPlace, ours.applicants)
  await using other = await startBaseline(otherPlace, 'insert-one', baselineOn(database), targetOf(otherPlace))

  const insertPath = ({ accountId }: Applicant) => `/insert?account=${accountId}`
  const baseline = { server: other, next: submissions(ours.applicants, Number.POSITIVE_INFINITY, insertPath) }
  const { rate, p99 } = await besideBaseline('submission', database, { ours, baseline }, settings)
  return [
    { ...rate, bar: { atLeast: RATE_MIN[database.name] } },
    { ...p99, bar: { atMost: P99_MAX } },
  ]
}
