import { AssertionError } from 'node:assert'
import { type ApiClient, ApiProblem } from '@shenpi/sdk/client'
import type { ApiFaultChange } from '@shenpi/sdk/contract/api'
import { checkOptions } from './check-options.ts'

/** A rule of faults, or a scenario by its name: see docs/sandbox-faults.md. */
export interface FaultOptions extends ApiFaultChange {
  /** Default: the next of `fault-1`, `fault-2`, … */
  name?: string
}

const FAULT = {
  name: 'any',
  scenario: 'any',
  match: 'any',
  effect: 'any',
  where: 'any',
  times: 'any',
  ends_at: 'any',
} as const

/** A rule of faults that a test has set. */
export interface Fault {
  readonly name: string
  /** How often it has struck. */
  hits(): Promise<number>
  /** Take it away. @throws AssertionError when it never struck */
  remove(): Promise<void>
}

/** The faults that a test has set: one that never struck makes it fail, because nothing of it was tested. */
export class Faults {
  readonly #api: ApiClient
  readonly #standing = new Map<string, { name: string; appid?: string }>()
  #count = 0

  constructor(api: ApiClient) {
    this.#api = api
  }

  /** @param appid whose calls and callbacks it strikes; undefined: everybody's */
  async set(options: FaultOptions, appid?: string): Promise<Fault> {
    checkOptions('fault', options, FAULT)
    const { name: given, ...change } = options
    this.#count += 1
    const name = given ?? `fault-${this.#count}`
    const which = { name, ...(appid !== undefined && { appid }) }
    const match = { ...change.match, ...(appid !== undefined && { appid }) }
    await this.#api.setFault({ params: { name }, body: { ...change, match } })
    this.#standing.set(keyOf(which), which)
    return {
      name,
      hits: async () => (await this.#read(which)).hits,
      remove: async () => {
        this.#standing.delete(keyOf(which))
        const { hits } = await this.#api.deleteFault({ params: { name }, query: queryOf(which) })
        if (hits === 0) throw unfired([name])
      },
    }
  }

  /** The failure of a test that set faults of which some never struck; undefined: there are none. */
  async findUnfired(): Promise<AssertionError | undefined> {
    const names: string[] = []
    for (const which of this.#standing.values()) {
      // One that a reset or a snapshot took along says nothing any more.
      const fault = await this.#read(which).catch(orUndefined)
      if (fault?.hits === 0) names.push(fault.name)
    }
    return names.length > 0 ? unfired(names) : undefined
  }

  #read(which: { name: string; appid?: string }) {
    return this.#api.getFault({ params: { name: which.name }, query: queryOf(which) })
  }
}

function orUndefined(error: unknown): undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'fault.unknown') throw error
}

const queryOf = ({ appid }: { appid?: string }) => (appid === undefined ? {} : { appid })
const keyOf = ({ name, appid = '' }: { name: string; appid?: string }): string => `${appid} ${name}`

const unfired = (names: readonly string[]): AssertionError =>
  new AssertionError({
    message: `${names.join(', ')} never struck: what was to be tested did not happen. Look at what its rule matches.`,
    actual: 0,
    expected: 1,
    operator: 'struck',
  })
