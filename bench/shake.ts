import { readFile } from 'node:fs/promises'
import { beaconOf } from '../server/src/device-batches/beacon.ts'
import { apiKeyPath } from '../server/src/keys/key-file.ts'
import type { Place } from '../server/test/databases.ts'
import { SCHEME } from '../server/test/shake-fixtures.ts'
import type { BenchDatabase } from './databases.ts'
import { APART, FIRST_DEVICE_ID, layAccountsFrom, layDevices } from './lay-devices.ts'
import { compareLoads, LoadClient, toRequest } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { startBaseline, startShenpi } from './processes.ts'
import { takeTurns } from './statistics.ts'

const [FEW, MANY] = [1000, 1_000_000]
const ROUND_MS = 1000
const WARM_UP_MS = 3000
/** A shake may take 2.5 times what a bare answer takes. */
const RATIO_MIN = 0.4
/** From 10³ to 10⁶ devices it may become slower by so much. */
const FLATNESS_MIN = 0.75
/** Devices that people shake near at one time, spread over all there are: how many there are is what is measured. */
const BUSY = 300
const PEOPLE = 5000
const ACCOUNTS = 10
const FIRST_ACCOUNT_ID = 1001
/** Requests that are put together before; further ones are these again. */
const REQUESTS_MAX = 100_000

/**
 * What a shake costs beside a bare Fastify that answers a constant of the same size, and whether that changes from 10³
 * to 10⁶ devices.
 */
export const shake: Measure = {
  name: 'shake',
  async run(database, { rounds }) {
    await using few = await startShakes(database, FEW)
    await using many = await startShakes(database, MANY)
    const path = '/api/v1/shakes'
    await using bare = await startBaseline(few.place, 'constant', path, await few.askOnce())
    using bareClient = await LoadClient.open(bare, SHOWN)
    using fewClient = await LoadClient.open(few.server, SHOWN)
    using manyClient = await LoadClient.open(many.server, SHOWN)
    const contestants = [
      { client: bareClient, next: inTurn(few.requests) },
      { client: fewClient, next: inTurn(few.requests) },
      { client: manyClient, next: inTurn(many.requests) },
      { client: manyClient, next: inTurn(many.everywhere) },
    ]
    for (const { client, next } of contestants) await client.run(next, WARM_UP_MS)
    const [bareLoads = [], fewLoads = [], manyLoads = [], everywhereLoads = []] = await takeTurns(
      rounds,
      contestants.map(
        ({ client, next }) =>
          () =>
            client.run(next, ROUND_MS),
      ),
    )
    const figure = (measure: string, { ratio, detail }: ReturnType<typeof compareLoads>): Figure => {
      return { measure, value: ratio, unit: 'ratio', detail }
    }
    const bar = { atLeast: RATIO_MIN }
    const flat = compareLoads(manyLoads, fewLoads, 'of 10³')
    const everywhere = compareLoads(everywhereLoads, bareLoads, 'bare Fastify')
    return [
      { ...figure('shake, 10³ devices', compareLoads(fewLoads, bareLoads, 'bare Fastify')), bar },
      { ...figure('shake, 10⁶ devices', compareLoads(manyLoads, bareLoads, 'bare Fastify')), bar },
      { ...figure('shake, 10⁶ devices against 10³', flat), bar: { atLeast: FLATNESS_MIN } },
      figure('shake, each near another of 10⁶ devices', everywhere),
    ]
  },
}

/** Only an answer that shows a page has one. */
const SHOWN = '"ticket"'

async function startShakes(database: BenchDatabase, devices: number) {
  const place = await database.place()
  // Once to migrate, then with the devices in place.
  await (await startShenpi(place))[Symbol.asyncDispose]()
  await layAccountsFrom(place, FIRST_ACCOUNT_ID, ACCOUNTS)
  await layDevices(place, { devices, firstAccountId: FIRST_ACCOUNT_ID, accounts: ACCOUNTS })
  const server = await startShenpi(place)
  const key = await readKey(place)
  const requests = toRequests(devices, BUSY, key)
  return {
    place,
    server,
    requests,
    everywhere: toRequests(devices, devices, key),
    async askOnce() {
      const [head = '', body = ''] = (requests[0] as string).split('\r\n\r\n')
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const answer = await fetch(`${server.url}${head.split(' ')[1]}`, { method: 'POST', headers, body })
      return await answer.text()
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}

async function readKey({ dataDir }: Place): Promise<string> {
  return (await readFile(apiKeyPath(dataDir), 'utf8')).trim()
}

/** Shakes of many people near busy devices: three beacons are heard, of which one has a page, at its store. */
function toRequests(devices: number, busy: number, key: string): string[] {
  const places = Math.floor(devices / APART)
  const count = Math.min(busy, places, REQUESTS_MAX)
  const authorization = `Bearer ${key}`
  return Array.from({ length: Math.max(count, PEOPLE) }, (_, index) => {
    const device = APART * Math.floor(((index * 7919) % count) * (places / count))
    const beacons = [device, device + 1, device + 2].map((place, near) => {
      const deviceId = FIRST_DEVICE_ID + Math.min(place, devices - 1)
      return { ...beaconOf(deviceId, SCHEME), distance: near + 0.5 }
    })
    const openid = `o${String(index % PEOPLE).padStart(27, '0')}`
    const body = { openid, beacons, position: { latitude: 22.54, longitude: 114.06 } }
    return toRequest('/api/v1/shakes', body, { authorization })
  })
}

function inTurn(requests: readonly string[]): () => string {
  let count = 0
  return () => requests[count++ % requests.length] as string
}
