import { targetOf } from '../against-baseline.ts'
import type { BenchDatabase } from '../databases.ts'
import { toGetRequest } from '../load.ts'
import type { Figure, Settings } from '../measure.ts'
import { startBaseline } from '../processes.ts'
import { baselineOn, besideBaseline } from './beside-baseline.ts'
import { startDecisions } from './decision.ts'

const APPLICATIONS = 10_000
const RATE_MIN = { sqlite: 0.8, postgres: 0.6 }
/** Of an answer with applications. */
const ITEMS = '"items":[{'

/** A page of 50 applications beside one select of 50 rows, of the same database. */
export async function pageCosts(database: BenchDatabase, settings: Settings): Promise<Figure[]> {
  await using place = await database.place()
  await using ours = await startDecisions(place, APPLICATIONS)
  await using other = await startBaseline(place, 'page-50', baselineOn(database), targetOf(place))
  const headers = { authorization: `Bearer ${ours.server.key}` }
  const baseline = { server: other, next: () => toGetRequest('/page', {}), sign: ITEMS }
  const compare = (what: string, path: string) => {
    const request = toGetRequest(path, headers)
    return besideBaseline(
      what,
      database,
      { ours: { server: ours.server, next: () => request, sign: ITEMS }, baseline },
      settings,
    )
  }
  const newest = await compare('page of 50', '/api/v1/applications?limit=50')
  const urgent = await compare('page of 50 under review', '/api/v1/applications?limit=50&state=under_review')
  return [{ ...newest.rate, bar: { atLeast: RATE_MIN[database.name] } }, urgent.rate]
}
