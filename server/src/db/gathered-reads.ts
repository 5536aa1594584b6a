import { type CompiledQuery, SelectQueryNode } from 'kysely'
import type { CommittedReads } from './committed-reads.ts'

type Send = (text: string, values: readonly unknown[]) => Promise<object[]>

/** What share one round trip at most. Unit: reads. */
const TOGETHER_MAX = 64

/** The same select, asked for with other parameters each time. */
interface Gathering {
  asked: (readonly unknown[])[]
  /** The rows of each, in the order in which they were asked for. */
  answers: Promise<object[][]>
}

/**
 * Reads by key of many requests in few round trips: what a round trip costs both sides is most of what such a read costs.
 * Those that are asked for before the sockets that are readable now have all been read are sent as one statement. It is
 * sent after each was asked for, so each sees everything that was committed before.
 */
export class GatheredReads implements CommittedReads {
  readonly #send: Send
  readonly #gatherings = new Map<CompiledQuery, Gathering>()

  constructor(send: Send) {
    this.#send = send
  }

  async read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Promise<Row[]> {
    if (!isByKey(select, parameters)) return (await this.#send(select.sql, parameters)) as Row[]
    const { asked, answers } = this.#gatheringOf(select)
    const place = asked.push(parameters) - 1
    return (await answers)[place] as Row[]
  }

  #gatheringOf(select: CompiledQuery): Gathering {
    const known = this.#gatherings.get(select)
    if (known && known.asked.length < TOGETHER_MAX) return known
    const asked: Gathering['asked'] = []
    const answers = new Promise<object[][]>((resolve) => {
      setImmediate(() => {
        if (this.#gatherings.get(select) === gathering) this.#gatherings.delete(select)
        resolve(this.#ask(select.sql, asked))
      })
    })
    const gathering = { asked, answers }
    this.#gatherings.set(select, gathering)
    return gathering
  }

  async #ask(sql: string, asked: Gathering['asked']): Promise<object[][]> {
    const [first = []] = asked
    if (asked.length === 1) return [await this.#send(sql, first)]
    const lists = first.map((_, parameter) => asked.map((parameters) => parameters[parameter]))
    const found = (await this.#send(forAll(sql, first.length), lists)) as Found[]
    const answers = asked.map((): object[] => [])
    for (const { asked_place, ...row } of found) answers[asked_place - 1]?.push(row)
    return answers
  }
}

/**
 * Whether a select is one of those that can share a statement: rows of no order, all of them, by whole numbers. Numbers
 * alone, because the wrong text could make the statement fail for those who share it.
 */
function isByKey({ query }: CompiledQuery, parameters: readonly unknown[]): boolean {
  if (!SelectQueryNode.is(query) || query.orderBy || query.limit || query.offset) return false
  return parameters.length > 0 && parameters.every(Number.isSafeInteger)
}

type Found = { asked_place: number } & Record<string, unknown>

/** The select, once for each place of its parameters' lists. */
function forAll(select: string, parameters: number): string {
  const numbers = Array.from({ length: parameters }, (_, index) => index + 1)
  const lists = numbers.map((number) => `$${number}::bigint[]`)
  const columns = numbers.map((number) => `p${number}`)
  const one = select.replaceAll(/\$(\d+)/g, 'asked.p$1')
  return `select asked.asked_place, found.* from unnest(${lists}) with ordinality as asked (${columns}, asked_place),
    lateral (${one}) as found`
}
