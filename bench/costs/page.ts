import { targetOf } from '../against-baseline.ts'
import type { BenchDatabase } from '../databases.ts'
import { toGetRequest } from '../load.ts'
import type { Figure, Settings } from '../measure.ts'
import { startBaseline } from '../processes.ts'
import { baselineOn, besideBaseline } from './beside-baseline.ts'
import { startDecisions } from './decision.ts'

const APPLICATIONS = 10_000
const RATE_MIN = { sqlite: 0.8, postgres: 0.6 }
const NEWEST = '/api/v1/applications?limit=50'
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
  const newest = await compare('page of 50', NEWEST)
  const urgent = await compare('page of 50 under review', `${NEWEST}&state=under_review`)
  const sizes = [await sizeOf(`${ours.server.url}${NEWEST}`, headers), await sizeOf(`${other.url}/page`)]
  const detail = `${newest.rate.detail}; answers of ${sizes.join(' : ')} bytes`
  return [{ ...newest.rate, detail, bar: { atLeast: RATE_MIN[database.name] } }, urgent.rate]
}

async function sizeOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  return (await (await fetch(url, { headers })).arrayBuffer()).byteLength
}
