import { setTimeout as wait } from 'node:timers/promises'
import { api } from '@shenpi/sdk/contract/api'
import type { Place } from '../../server/test/databases.ts'
import { targetOf } from '../against-baseline.ts'
import type { BenchDatabase } from '../databases.ts'
import { FIRST_APPLICATION_NO, layApplications } from '../lay-applications.ts'
import { LoadClient, toRequest } from '../load.ts'
import type { Figure, Settings } from '../measure.ts'
import {
  familySeconds,
  processorSeconds,
  type ServerProcess,
  type Started,
  startBaseline,
  startShenpi,
} from '../processes.ts'
import { median } from '../statistics.ts'
import { createAccount, layAccounts, type Merchant, openShop } from '../submissions.ts'
import { baselineOn, besideBaseline, ROUND, writesOf } from './beside-baseline.ts'

const ACCOUNTS = 32
const RATE_MIN = { sqlite: 0.3, postgres: 0.35 }
const DELIVERED_LOOK_MS = 20
const RECEIVER = { token: 'ReceiverToken', encoding_aes_key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }

type Undecided = [accountId: number, applicationNo: number]

/** A decision beside one update, and what one costs with the callback that tells of it. */
export async function decisionCosts(database: BenchDatabase, settings: Settings): Promise<Figure[]> {
  const { rate, p99 } = await decisionsBesideUpdates(database, settings)
  return [{ ...rate, bar: { atLeast: RATE_MIN[database.name] } }, p99, await decisionsWithCallbacks(database, settings)]
}

async function decisionsBesideUpdates(database: BenchDatabase, settings: Settings) {
  await using place = await database.place()
  await using ours = await startDecisions(place, writesOf(settings))
  await using otherPlace = await database.place()
  await layAccounts(otherPlace, ours.merchants)
  await lay(otherPlace, ours.merchants, writesOf(settings))
  await using other = await startBaseline(otherPlace, 'update-one', baselineOn(database), targetOf(otherPlace))
  const updatePath = ([accountId, applicationNo]: Undecided) =>
    `/update?account=${accountId}&application=${applicationNo}`
  const next = decisions(ours.merchants, writesOf(settings), updatePath)
  return await besideBaseline(
    'decision',
    database,
    { ours, baseline: { server: other, next, sign: DECIDED } },
    settings,
  )
}

/** The processor's time until everybody has been told, but not the receiver's own. */
async function decisionsWithCallbacks(database: BenchDatabase, settings: Settings): Promise<Figure> {
  await using place = await database.place()
  await using ours = await startDecisions(place, writesOf(settings))
  await using receiver = await startBaseline(place, 'callbacks')
  for (const { appid } of ours.merchants) {
    const body = { ...RECEIVER, url: `${receiver.url}/callback`, mode: 'secure', format: 'xml' } as const
    await ours.server.api.call(api.setCallback, { params: { appid }, body })
  }
  using client = await LoadClient.open(ours.server, ours.sign)
  const seconds = () => processorSeconds(ours.server.pid) + (database.cluster ? familySeconds(database.cluster.pid) : 0)
  const costs: number[] = []
  let decided = 0
  for (let round = 0; round <= settings.rounds; round += 1) {
    const before = seconds()
    const { answers } = await client.run(ours.next, ROUND * 1000)
    decided += answers
    while ((await countOf(receiver)) < decided) await wait(DELIVERED_LOOK_MS)
    if (round > 0) costs.push(((seconds() - before) / answers) * 1000)
  }
  const detail = `${decided} decisions, each delivered`
  return { measure: 'decision with its callback, processor time', value: median(costs), unit: 'ms', detail }
}

async function countOf({ url }: ServerProcess): Promise<number> {
  return ((await (await fetch(`${url}/count`)).json()) as { count: number }).count
}

/** Of an application that has been decided once. */
const DECIDED = '"version":2'

/** A server with so many applications under review. */
export async function startDecisions(place: Place, count: number, { env, checkout }: Started = {}) {
  const server = await startShenpi(place, env, checkout)
  const merchants: Merchant[] = []
  for (let count = 0; count < ACCOUNTS; count += 1) {
    const merchant = await createAccount(server)
    await openShop(server, merchant)
    merchants.push(merchant)
  }
  await lay(place, merchants, count)
  const path = ([accountId, applicationNo]: Undecided) => `/api/v1/applications/${accountId}-${applicationNo}/decision`
  const headers = { authorization: `Bearer ${server.key}`, 'if-match': '"1"' }
  return {
    server,
    merchants,
    next: decisions(merchants, count, path, headers),
    sign: DECIDED,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const lay = (place: Place, merchants: readonly Merchant[], count: number) =>
  layApplications(place, {
    firstAccountId: Math.min(...merchants.map(({ accountId }) => accountId)),
    accounts: merchants.length,
    count,
    state: 'under_review',
  })

/** Requests that each decide another application, every other one for the merchant. */
function decisions(
  merchants: readonly Merchant[],
  undecided: number,
  pathOf: (application: Undecided) => string,
  headers: Record<string, string> = {},
): () => string {
  let count = 0
  return () => {
    if (count >= undecided) throw new Error(`${count} decisions are all that were prepared: take fewer rounds`)
    const { accountId } = merchants[count % merchants.length] as Merchant
    const turn = Math.floor(count / merchants.length)
    count += 1
    const body = turn % 2 === 0 ? { move: 'approve' } : { move: 'reject', reason: '证件不清晰' }
    return toRequest(pathOf([accountId, FIRST_APPLICATION_NO + turn]), body, headers)
  }
}
