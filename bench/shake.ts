import { fork } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

// node bench/shake.ts: what POST /api/v1/shakes costs beside a bare Fastify that answers a constant of the same size, and
// whether that changes from 10³ to 10⁶ devices. Each server is a process of its own; their rounds alternate, so that
// whatever else the machine does meets both.

const SIZES = [1000, 10_000, 100_000, 1_000_000]
const CONNECTIONS = 32
const ROUNDS = 7
const ROUND_MS = 1000
const WARM_UP_MS = 5000
/** A shake must cost at most 2.5 times the bare answer. */
const RATIO_MIN = 0.4
/** From 10³ to 10⁶ devices it may become slower by so much. */
const FLATNESS_MIN = 0.75
/** Devices that people shake near at one time, spread over all there are: how many there are is what is measured. */
const BUSY = 300
/** Every so many devices there is one with a page: a phone hears one of them and two others. */
const APART = 3
const PEOPLE = 5000
const ACCOUNTS = 10
const PAGES = 100
const BATCH = 500
const FIRST_DEVICE_ID = 1_000_000

interface Child {
  port: number
  /** Processor time that the server has used, in seconds. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

interface Target extends Child {
  requests: Buffer[]
}

interface Measure {
  perSecond: number
  /** Processor time of the server a request, in microseconds: what others do on the machine shows less in it. */
  cpuUs: number
  p99Ms: number
}

export interface ShakeResult {
  devices: number
  perSecond: number
  p99Ms: number
  cpuUs: number
  barePerSecond: number
  bareCpuUs: number
  /** Shakes to bare answers in the same time. */
  ratio: number
  /** Of a bare answer's processor time to a shake's. */
  cpuRatio: number
}

/** @returns one result a size; prints nothing */
export async function benchShakes({ sizes = SIZES, rounds = ROUNDS, busy = BUSY } = {}): Promise<ShakeResult[]> {
  const places = await Promise.all(sizes.map((devices) => startShenpi(devices, busy)))
  const answer = await sendOnce(places[0] as Target)
  const bare = await startBare(answer)
  try {
    const targets = [bare, ...places]
    for (const target of targets) await measure(target, WARM_UP_MS)
    const found = new Map<Target, Measure[]>(targets.map((target) => [target, []]))
    for (let round = 0; round < rounds; round += 1) {
      // Every other round backwards, so that nobody always comes after the same neighbour.
      for (const target of round % 2 ? targets.toReversed() : targets) {
        found.get(target)?.push(await measure(target, ROUND_MS))
      }
    }
    const of = (target: Target) => found.get(target) as Measure[]
    return sizes.map((devices, index) => {
      const ours = of(places[index] as Target)
      return {
        devices,
        perSecond: median(ours.map(({ perSecond }) => perSecond)),
        p99Ms: median(ours.map(({ p99Ms }) => p99Ms)),
        barePerSecond: median(of(bare).map(({ perSecond }) => perSecond)),
        cpuUs: median(ours.map(({ cpuUs }) => cpuUs)),
        bareCpuUs: median(of(bare).map(({ cpuUs }) => cpuUs)),
        cpuRatio: median(ours.map(({ cpuUs }, round) => (of(bare)[round] as Measure).cpuUs / cpuUs)),
        ratio: median(ours.map(({ perSecond }, round) => perSecond / (of(bare)[round] as Measure).perSecond)),
      }
    })
  } finally {
    await Promise.all([bare, ...places].map((target) => target.stop()))
  }
}

export async function main(): Promise<boolean> {
  const results = await benchShakes()
  console.log('devices    shakes/s   bare/s   ratio   cpu µs  bare µs   ratio   p99 ms')
  for (const result of results) {
    const { devices, perSecond, barePerSecond, ratio, cpuUs, bareCpuUs, cpuRatio, p99Ms } = result
    const columns = [
      perSecond.toFixed(0).padStart(9),
      barePerSecond.toFixed(0).padStart(8),
      ratio.toFixed(2).padStart(7),
      cpuUs.toFixed(0).padStart(8),
      bareCpuUs.toFixed(0).padStart(8),
      cpuRatio.toFixed(2).padStart(7),
      p99Ms.toFixed(1).padStart(8),
    ]
    console.log(String(devices).padEnd(9), columns.join(' '))
  }
  const [least, most] = [results[0] as ShakeResult, results.at(-1) as ShakeResult]
  const flatness = most.ratio / least.ratio
  const worst = Math.min(...results.map(({ ratio }) => ratio))
  console.log(
    `ratio ${worst.toFixed(2)} (bar ${RATIO_MIN}), from 10³ to 10⁶ devices ${flatness.toFixed(2)} (bar ${FLATNESS_MIN})`,
  )
  const [spread] = await benchShakes({ sizes: [1_000_000], busy: 1_000_000, rounds: 5 })
  console.log(
    `every shake near another of 10⁶ devices: ${spread?.perSecond.toFixed(0)}/s, ratio ${spread?.ratio.toFixed(2)} (no bar)`,
  )
  return worst >= RATIO_MIN && flatness >= FLATNESS_MIN
}

/** Send requests back to back over every connection for a while, one at a time on each. */
async function measure({ port, requests, cpu }: Target, ms: number): Promise<Measure> {
  const times: number[] = []
  const cpuBefore = await cpu()
  const end = performance.now() + ms
  const started = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, index) => {
      const socket = await open(port)
      for (let at = index; performance.now() < end; at += CONNECTIONS) {
        const sent = performance.now()
        await exchange(socket, requests[at % requests.length] as Buffer)
        times.push(performance.now() - sent)
      }
      socket.destroy()
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const cpuUs = (((await cpu()) - cpuBefore) / times.length) * 1e6
  times.sort((a, b) => a - b)
  return { perSecond: times.length / seconds, cpuUs, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0 }
}

function open(port: number): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => done(socket)).setNoDelay(true)
    socket.once('error', failed)
  })
}

/** One request and its whole answer, by hand: a client library would cost more than what it measures. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((done, failed) => {
    let answer = ''
    const onData = (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      const head = answer.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1])
      if (answer.length < head + 4 + length) return
      socket.off('data', onData)
      if (answer.startsWith('HTTP/1.1 200')) done(answer.slice(head + 4))
      else failed(new Error(answer))
    }
    socket.on('data', onData)
    socket.write(request)
  })
}

async function sendOnce({ port, requests }: Target): Promise<string> {
  const socket = await open(port)
  const answer = await exchange(socket, requests[0] as Buffer)
  socket.destroy()
  if (!answer.includes('"ticket"')) throw new Error(`nothing was shown: ${answer}`)
  return answer
}

function toRequest(body: object, key: string): Buffer {
  const text = JSON.stringify(body)
  const head = [
    'POST /api/v1/shakes HTTP/1.1',
    'host: bench',
    `authorization: Bearer ${key}`,
    'content-type: application/json',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\ncontent-length: ${text.length}\r\n\r\n${text}`)
}

/** Shakes of many people near busy devices: three beacons are heard, of which one has a page, at its store. */
function toRequests(devices: number, busy: number, key: string): Buffer[] {
  const places = Math.floor(devices / APART)
  const count = Math.min(busy, places, 100_000)
  return Array.from({ length: Math.max(count, PEOPLE) }, (_, index) => {
    const device = APART * Math.floor(((index * 7919) % count) * (places / count))
    const heard = [device, device + 1, device + 2].map((place, near) => {
      const deviceId = FIRST_DEVICE_ID + Math.min(place, devices - 1)
      const beacon = { uuid: 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825', major: deviceId >> 16, minor: deviceId & 0xffff }
      return { ...beacon, distance: near + 0.5 }
    })
    const openid = `o${String(index % PEOPLE).padStart(27, '0')}`
    return toRequest({ openid, beacons: heard, position: { latitude: 22.54, longitude: 114.06 } }, key)
  })
}

async function startShenpi(devices: number, busy: number): Promise<Target> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenpi-bench-'))
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', LOG_LEVEL: 'warn' }
  // Once to migrate, then with the devices in place.
  await (await startChild('shenpi', env)).stop()
  lay(join(dataDir, 'shenpi.db'), devices)
  const { port, cpu, stop } = await startChild('shenpi', env)
  const key = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim()
  return {
    port,
    cpu,
    requests: toRequests(devices, busy, key),
    async stop() {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function startBare(answer: string): Promise<Target> {
  const child = await startChild('bare', { ...process.env, ANSWER: answer })
  return { ...child, requests: toRequests(1000, BUSY, 'shenpi_bench') }
}

async function startChild(role: 'shenpi' | 'bare', env: NodeJS.ProcessEnv): Promise<Child> {
  const child = fork(import.meta.filename, [role], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const port = await new Promise<number>((done, failed) => {
    child.once('message', (message) => done(message as number))
    void exited.then(() => failed(new Error(`${role} did not start`)))
  })
  return {
    port,
    cpu: () =>
      new Promise((done) => {
        child.once('message', (seconds) => done(seconds as number))
        child.send('cpu')
      }),
    async stop() {
      child.send('stop')
      await exited
    },
  }
}

/** Accounts with open activations, devices in batches, each third with a page, all bound to one store on the spot. */
export function lay(path: string, devices: number): void {
  const db = new DatabaseSync(path)
  db.exec(`pragma synchronous=off; begin;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ACCOUNTS})
    insert into account select 1000 + i, 'wxbench' || i, 'gh_bench' || i, 'Bench', '', '[]', 0 from n;
    insert into account_journal (account_id, application_no, entry_no, delivery_no, entry_hash, event_time)
      select account_id, 0, 0, 0, '', 0 from account where account_id > 1000;
    insert into application select account_id, 1, 'account_activation', 'account', 'approved', '{}', 1, 0, 0, 0, 'bench', '', null
      from account where account_id > 1000;
    insert into store (account_id, poi_id, business_name, created_at, latitude, longitude)
      select account_id, 1, 'Store', 0, 22.54, 114.06 from account where account_id > 1000;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${PAGES})
    insert into page select account_id, i, 'Title', 'Subtitle', 'https://example.com/page', 'https://example.com/icon', '', 0
      from account, n where account_id > 1000;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${Math.ceil(devices / BATCH) - 1})
    insert into application select 1001 + i % ${ACCOUNTS}, 2 + i, 'device_batch', 'device_batch', 'approved', '{}', 1, 0, 0, 0, 'bench', '', null
      from n;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${Math.ceil(devices / BATCH) - 1})
    insert into device_batch select 1001 + i % ${ACCOUNTS}, ${FIRST_DEVICE_ID} + (i + 1) * ${BATCH} - 1, ${FIRST_DEVICE_ID} + i * ${BATCH},
      2 + i, i * ${BATCH}, '', 1, 0 from n;`)
  db.exec(`with recursive n(i) as (select 0 union all select i + ${APART} from n where i < ${devices - APART})
    insert into device_page select 1001 + (i / ${BATCH}) % ${ACCOUNTS}, ${FIRST_DEVICE_ID} + i, 1 + i % ${PAGES} from n;
    commit; analyze; pragma wal_checkpoint(truncate)`)
  db.close()
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** A server in a process of its own: tells its port and stops when it is told to. */
async function serve(role: string): Promise<void> {
  const start = role === 'bare' ? serveBare : serveShenpi
  const { port, stop } = await start()
  process.on('message', async (message) => {
    const { user, system } = process.cpuUsage()
    if (message === 'cpu') return process.send?.((user + system) / 1e6)
    await stop()
    process.disconnect()
  })
  process.send?.(port)
}

async function serveBare() {
  const { default: Fastify } = await import('fastify')
  const app = Fastify()
  const answer = JSON.parse(process.env.ANSWER ?? '{}')
  app.post('/api/v1/shakes', async () => answer)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { port, stop: () => app.close() }
}

async function serveShenpi() {
  const [{ readConfig }, { createLog, startServer }] = await Promise.all([
    import('../server/src/config.ts'),
    import('../server/src/main.ts'),
  ])
  const config = readConfig(process.env)
  const server = await startServer(config, createLog(config.logLevel))
  return { port: Number(new URL(server.url).port), stop: () => server.stop() }
}

if (import.meta.main) {
  const [role] = process.argv.slice(2)
  if (role) await serve(role)
  else process.exitCode = (await main()) ? 0 : 1
}
