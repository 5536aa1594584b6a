import { Problem } from '../problem.ts'
import { elapsed } from '../time/elapsed.ts'

/** How long is waited for who is inside. Unit: milliseconds. Source: docs/errors.md, sandbox.busy. */
const WAIT_MS = 10_000
/** How often those who are inside are told to end, as above. */
const HURRY_EVERY_MS = 50

/** What may be under way: a request, or work that the server does by itself, of an account or of none. */
interface Entry {
  door: 'request' | 'work'
  accountId: number | undefined
}

/**
 * The gate of a sandbox: what reads the database to write to it stands inside, and whoever exchanges what the database holds
 * waits until everybody is out and keeps the others waiting. So nothing of the old state is written into the new one.
 */
export class Gate {
  readonly #inside = new Set<Entry>()
  readonly #exchanges = new Map<number, number>()
  /** How often the state of all was exchanged. */
  exchangesOfAll = 0
  #isShut: (entry: Entry) => boolean = () => false
  #opened = Promise.withResolvers<void>()
  #left = () => {}
  #last: Promise<unknown> = Promise.resolve()

  /** Whether requests are to end soon, because somebody waits for them. */
  get isClosing(): boolean {
    return this.#isShut({ door: 'request', accountId: undefined })
  }

  /** How often an account's state was exchanged: what was read before belongs to another one. */
  stampOf(accountId: number): number {
    return this.exchangesOfAll + (this.#exchanges.get(accountId) ?? 0)
  }

  /** Do something inside, when the gate is open. */
  async run<T>(door: Entry['door'], accountId: number | undefined, work: () => Promise<T>): Promise<T> {
    const entry = { door, accountId }
    while (this.#isShut(entry)) await this.#opened.promise
    this.#inside.add(entry)
    try {
      return await work()
    } finally {
      this.#inside.delete(entry)
      this.#left()
    }
  }

  /**
   * Do something while nobody is inside, one after another.
   *
   * @param accountId only its work has to be out; default: all work, and all requests
   * @param hurry tells who is inside to end soon
   * @throws Problem `sandbox.busy` when somebody does not come out
   */
  alone<T>(accountId: number | undefined, hurry: () => void, work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => this.#alone(accountId, hurry, work))
    this.#last = done.catch(() => {})
    return done
  }

  async #alone<T>(accountId: number | undefined, hurry: () => void, work: () => Promise<T>): Promise<T> {
    const isWork = ({ door, accountId: of }: Entry) =>
      door === 'work' && (accountId === undefined || of === undefined || of === accountId)
    const isRequest = ({ door }: Entry) => accountId === undefined && door === 'request'
    const until = elapsed() + WAIT_MS
    try {
      // Work goes on while requests wait for it.
      this.#isShut = isRequest
      await this.#empty(isRequest, hurry, until)
      this.#isShut = (entry) => isRequest(entry) || isWork(entry)
      await this.#empty(isWork, hurry, until)
      const answer = await work()
      if (accountId === undefined) this.exchangesOfAll += 1
      else this.#exchanges.set(accountId, (this.#exchanges.get(accountId) ?? 0) + 1)
      return answer
    } finally {
      this.#isShut = () => false
      this.#opened.resolve()
      this.#opened = Promise.withResolvers()
    }
  }

  /** Wait until none of these is inside. */
  async #empty(isMeant: (entry: Entry) => boolean, hurry: () => void, until: number): Promise<void> {
    while ([...this.#inside].some(isMeant)) {
      if (elapsed() >= until) throw new Problem('sandbox.busy')
      hurry()
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#left = resolve
      // One that was not on its way yet may be by now.
      const timer = setTimeout(resolve, HURRY_EVERY_MS)
      await promise
      clearTimeout(timer)
    }
  }
}

/** Jobs of a queue, inside a gate: one that was claimed before its account's state was exchanged is let go of. */
export function throughGate<Job extends { accountId: number }>(
  gate: Gate,
  { claim, run }: JobSteps<Job>,
): JobSteps<Job> {
  const stamps = new WeakMap<Job, number>()
  return {
    async claim(turn) {
      return await gate.run('work', turn.accountId, async () => {
        // Not before the gate: what is claimed behind an exchange is of the new state.
        const stamp = gate.stampOf(turn.accountId)
        const jobs = await claim(turn)
        for (const job of jobs) stamps.set(job, stamp)
        return jobs
      })
    },
    run(job) {
      const stamp = stamps.get(job) ?? gate.stampOf(job.accountId)
      return gate.run('work', job.accountId, async () =>
        stamp === gate.stampOf(job.accountId) ? await run(job) : undefined,
      )
    },
  }
}

interface JobSteps<Job> {
  claim: (turn: { accountId: number; limit: number }) => Promise<Job[]>
  run: (job: Job) => Promise<number | undefined>
}
