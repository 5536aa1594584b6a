import { startPostgresProxy } from '../../server/test/postgres-proxy.ts'

/** What has gone to PostgreSQL. */
export interface Counted {
  /** Statements: executions of prepared and of other ones. */
  statements: number
  /** Those that PostgreSQL has to parse. */
  parsed: number
  /** Pieces that arrived at once: a round trip each, if the answer is awaited. */
  writes: number
}

export interface CountingProxy extends AsyncDisposable {
  /** The URL of the same database through the proxy. */
  databaseUrl: string
  counted: Counted
}

const [PARSE, EXECUTE, QUERY] = ['P', 'E', 'Q'].map((letter) => letter.charCodeAt(0))
const LENGTH_BYTES = 4

export async function startCountingProxy(url: string | undefined): Promise<CountingProxy> {
  const counted: Counted = { statements: 0, parsed: 0, writes: 0 }
  const readers = new WeakMap<object, MessageReader>()
  const proxy = await startPostgresProxy(url, (sent, client) => {
    const reader = readers.get(client) ?? new MessageReader()
    readers.set(client, reader)
    counted.writes += 1
    for (const type of reader.typesIn(sent)) {
      if (type === EXECUTE || type === QUERY) counted.statements += 1
      if (type === PARSE || type === QUERY) counted.parsed += 1
    }
  })
  return { databaseUrl: proxy.databaseUrl, counted, [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose]() }
}

/** The messages of one connection, in whatever pieces they come. Source: PostgreSQL's documentation, "Message Formats". */
class MessageReader {
  #rest: Buffer = Buffer.alloc(0)
  /** The first message alone has no type before its length. */
  #typeBytes = 0

  typesIn(sent: Buffer): number[] {
    const types: number[] = []
    this.#rest = Buffer.concat([this.#rest, sent])
    while (this.#rest.length >= this.#typeBytes + LENGTH_BYTES) {
      const bytes = this.#typeBytes + this.#rest.readUInt32BE(this.#typeBytes)
      if (this.#rest.length < bytes) break
      if (this.#typeBytes > 0) types.push(this.#rest.readUInt8())
      this.#rest = this.#rest.subarray(bytes)
      this.#typeBytes = 1
    }
    return types
  }
}
