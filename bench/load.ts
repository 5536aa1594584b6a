import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { PostgresCluster } from '../server/test/postgres-cluster.ts'
import { familySeconds, processorSeconds, type ServerProcess } from './processes.ts'
import { median, percentile } from './statistics.ts'

/**
 * Connections under load at once. Each waits for its answer before it asks again, as clients do.
 */
const CONNECTIONS = 32

/** What a server did under requests as fast as it answers. */
export interface Load {
  answers: number
  perSecond: number
  /** The processor time an answer, in microseconds: what else the machine does shows less in it. */
  cpuUs: number
  /** The time from a request to its answer that one in a hundred exceeds. */
  p99Ms: number
}

/**
 * A client that costs little, so that the server is what is measured: it writes requests that were put together
 * before, and reads of an answer no more than where it ends and whether it is a success.
 */
export class LoadClient implements Disposable {
  readonly #seconds: () => number
  readonly #connections: Connection[]

  private constructor(seconds: () => number, connections: Connection[]) {
    this.#seconds = seconds
    this.#connections = connections
  }

  /**
   * @param sign what every successful answer contains, and no other
   * @param clusters the PostgreSQL servers whose processor time counts beside the server's own
   */
  static async open(
    server: Pick<ServerProcess, 'url' | 'pid'>,
    sign = '"errcode":0',
    ...clusters: (PostgresCluster | undefined)[]
  ): Promise<LoadClient> {
    const { hostname, port } = new URL(server.url)
    const opened = Array.from({ length: CONNECTIONS }, () => Connection.open(hostname, Number(port), sign))
    const seconds = () =>
      clusters.reduce((sum, cluster) => sum + (cluster ? familySeconds(cluster.pid) : 0), processorSeconds(server.pid))
    return new LoadClient(seconds, await Promise.all(opened))
  }

  /**
   * Ask on every connection, one request after another, for a while.
   *
   * @param next the next request, as {@link toRequest} makes it
   * @throws Error with the first answer that is not a success
   */
  async run(next: () => string, durationMs: number): Promise<Load> {
    const times: number[] = []
    const cpuBefore = this.#seconds()
    const startedAt = performance.now()
    const endsAt = startedAt + durationMs
    await Promise.all(
      this.#connections.map(async (connection) => {
        for (let askedAt = startedAt; askedAt < endsAt; ) {
          await connection.ask(next())
          const answeredAt = performance.now()
          times.push(answeredAt - askedAt)
          askedAt = answeredAt
        }
      }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const cpuUs = ((this.#seconds() - cpuBefore) / times.length) * 1e6
    return { answers: times.length, perSecond: times.length / seconds, cpuUs, p99Ms: percentile(times, 0.99) }
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close()
  }
}

/** The results of two servers in the same rounds, as ratios of the first to the second. */
export interface LoadRatio {
  /** The median of the rounds' ratios of answers a second. */
  ratio: number
  /** The same of the processor's time an answer, the second's by the first's. */
  cpuRatio: number
  /** The absolute numbers, and how the second's processor time compares with the first's. */
  detail: string
}

/** @param name what the second one is called */
export function compareLoads(ours: readonly Load[], theirs: readonly Load[], name: string): LoadRatio {
  const ofRounds = (ratio: (our: Load, their: Load) => number) =>
    median(ours.map((our, round) => ratio(our, theirs[round] as Load)))
  const cpuRatio = ofRounds((our, their) => their.cpuUs / our.cpuUs)
  return {
    cpuRatio,
    ratio: ofRounds((our, their) => our.perSecond / their.perSecond),
    detail: `${show(ours)}, ${name} ${show(theirs)}, processor time ${cpuRatio.toFixed(2)}`,
  }
}

/** The medians of some rounds, in words. */
function show(loads: readonly Load[]): string {
  const perSecond = median(loads.map((load) => load.perSecond))
  const cpuUs = median(loads.map((load) => load.cpuUs))
  return `${Math.round(perSecond)}/s of ${Math.round(cpuUs)} µs`
}

/** A request as it is sent. */
export function toRequest(path: string, body: unknown, headers: Record<string, string> = {}): string {
  const content = JSON.stringify(body)
  const length = Buffer.byteLength(content)
  const sent = { host: 'bench', 'content-type': 'application/json', ...headers, 'content-length': length }
  const head = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\n${head.join('')}\r\n${content}`
}

/** A request without a body as it is sent. */
export function toGetRequest(path: string, headers: Record<string, string>): string {
  const head = Object.entries({ host: 'bench', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${path} HTTP/1.1\r\n${head.join('')}\r\n`
}

class Connection {
  readonly #connect: () => Promise<Socket>
  readonly #sign: string
  #socket: Socket
  #answer = ''
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined

  private constructor(connect: () => Promise<Socket>, socket: Socket, sign: string) {
    this.#connect = connect
    this.#sign = sign
    this.#socket = this.#listen(socket)
  }

  static async open(host: string, port: number, sign: string): Promise<Connection> {
    const open = async () => {
      const socket = connect(port, host)
      await once(socket, 'connect')
      return socket
    }
    return new Connection(open, await open(), sign)
  }

  async ask(request: string): Promise<void> {
    // A server closes a connection that was idle for long, as between two rounds.
    if (this.#socket.readyState !== 'open') this.#socket = this.#listen(await this.#connect())
    this.#answer = ''
    this.#socket.write(request)
    await new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }

  #listen(socket: Socket): Socket {
    return socket
      .setNoDelay()
      .setEncoding('latin1')
      .on('data', (chunk) => this.#read(String(chunk)))
      .on('error', (error) => this.#settle?.reject(error))
      .on('close', () => this.#settle?.reject(new Error('the server closed the connection')))
  }

  #read(chunk: string): void {
    this.#answer += chunk
    const head = this.#answer.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.#answer)?.[1])
    if (this.#answer.length < head + 4 + length) return
    const isSuccess = this.#answer.startsWith('HTTP/1.1 200') && this.#answer.includes(this.#sign, head)
    if (isSuccess) this.#settle?.resolve()
    else this.#settle?.reject(new Error(`not a success: ${this.#answer}`))
  }

  close(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }
}
