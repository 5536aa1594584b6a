import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/**
 * Connections under load at once. Each waits for its answer before it asks again, as clients do.
 */
const CONNECTIONS = 32

/**
 * A client that costs little, so that the server is what is measured: it writes requests that were put together
 * before, and reads of an answer no more than where it ends and whether it is a success.
 */
export class LoadClient implements Disposable {
  readonly #connections: Connection[]

  private constructor(connections: Connection[]) {
    this.#connections = connections
  }

  static async open(url: string, connections = CONNECTIONS): Promise<LoadClient> {
    const { hostname, port } = new URL(url)
    const opened = Array.from({ length: connections }, () => Connection.open(hostname, Number(port)))
    return new LoadClient(await Promise.all(opened))
  }

  /**
   * Ask on every connection, one request after another, for a while.
   *
   * @param next the next request, as {@link toRequest} makes it
   * @returns answers a second
   * @throws Error with the first answer that is not a success
   */
  async run(next: () => string, durationMs: number): Promise<number> {
    const startedAt = performance.now()
    const endsAt = startedAt + durationMs
    let answers = 0
    await Promise.all(
      this.#connections.map(async (connection) => {
        while (performance.now() < endsAt) {
          await connection.ask(next())
          answers += 1
        }
      }),
    )
    return (answers / (performance.now() - startedAt)) * 1000
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection.close()
  }
}

/** A request as it goes over the wire. */
export function toRequest(path: string, body: unknown): string {
  const content = JSON.stringify(body)
  const length = Buffer.byteLength(content)
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${content}`
}

class Connection {
  readonly #socket: Socket
  #answer = ''
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay().setEncoding('latin1')
    socket.on('data', (chunk) => this.#read(String(chunk)))
    socket.on('error', (error) => this.#settle?.reject(error))
    socket.on('close', () => this.#settle?.reject(new Error('the server closed the connection')))
  }

  static async open(host: string, port: number): Promise<Connection> {
    const socket = connect(port, host)
    await once(socket, 'connect')
    return new Connection(socket)
  }

  ask(request: string): Promise<void> {
    this.#answer = ''
    this.#socket.write(request)
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }

  #read(chunk: string): void {
    this.#answer += chunk
    const head = this.#answer.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.#answer)?.[1])
    if (this.#answer.length < head + 4 + length) return
    const isSuccess = this.#answer.startsWith('HTTP/1.1 200') && this.#answer.includes('"errcode":0')
    if (isSuccess) this.#settle?.resolve()
    else this.#settle?.reject(new Error(`not a success: ${this.#answer}`))
  }

  close(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }
}
