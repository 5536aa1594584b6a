import { AssertionError } from 'node:assert'
import { answerVerification, type PushedMessage, PushRefused, readPush } from '@shenpi/sdk/callbacks'
import { CALLBACK_FORMATS, CALLBACK_MODES, type CallbackFormat, type CallbackMode } from '@shenpi/sdk/contract/states'
import type { OutboundRequest } from 'shenpi/src/outbound/outbound.ts'
import { messageOf } from 'shenpi/src/thrown.ts'
import { toChinaTime } from 'shenpi/src/time/china-time.ts'
import { checkOptions } from './check-options.ts'
import { type Compared, compare, type Expected, isMet, tell } from './expectation.ts'
import type { ReceiverAnswer } from './receiver-answer.ts'

export interface ReceiverOptions {
  /** Default: `secure`. */
  mode?: CallbackMode
  /** Default: `xml`. */
  format?: CallbackFormat
  /** What callbacks are answered: a text by status 200, an error that is thrown by 500, `undefined` by nothing. Default: `success`. */
  answer?: (callback: ReceivedCallback) => ReceiverAnswer | string | Promise<ReceiverAnswer | string>
}

/** A callback as it came: verified, and decrypted where it was encrypted. */
export interface ReceivedCallback {
  message: PushedMessage
  /** The account's time. */
  at: Date
  query: Readonly<Record<string, string>>
  /** The body as it came. */
  body: string
}

/** A callback that a receiver refuses: it is not signed, or not encrypted, as it should be. */
export interface RefusedCallback extends Omit<ReceivedCallback, 'message'> {
  reason: string
}

export interface NextOptions {
  /** How long to wait for what a program beside the test makes happen. Milliseconds of the machine. Default: 1000. */
  withinMs?: number
}

/**
 * How an account calls back.
 *
 * @internal
 */
export interface ReceiverSetting {
  url: string
  token: string
  encodingAesKey: string
  mode: CallbackMode
  format: CallbackFormat
}

/**
 * What a receiver needs of whom it receives for.
 *
 * @internal
 */
export interface ReceiverParts {
  url: string
  token: string
  encodingAesKey: string
  appid: string
  now: () => Date
  /** Until what is due now is done. */
  settle: () => Promise<void>
  /** The rest of a message that says what did not come. */
  tellMore: () => Promise<string[]>
}

/** A merchant's server, in process. */
export class Receiver {
  /** What came, in its order. */
  readonly received: ReceivedCallback[] = []
  readonly refused: RefusedCallback[] = []
  readonly url: string
  readonly token: string
  readonly encodingAesKey: string
  readonly #parts: ReceiverParts
  readonly #options: Required<ReceiverOptions>
  readonly #taken = new WeakSet<ReceivedCallback>()
  #arrive = () => {}

  /** @internal */
  constructor(parts: ReceiverParts, options: ReceiverOptions) {
    checkOptions('receiver', options, { mode: CALLBACK_MODES, format: CALLBACK_FORMATS, answer: 'any' })
    this.#parts = parts
    this.url = parts.url
    this.token = parts.token
    this.encodingAesKey = parts.encodingAesKey
    this.#options = { mode: 'secure', format: 'xml', answer: () => 'success', ...options }
  }

  /** Answer other than until now. */
  answer(answer: Required<ReceiverOptions>['answer']): void {
    this.#options.answer = answer
  }

  /** @internal */
  get setting(): ReceiverSetting {
    const { mode, format } = this.#options
    return {
      url: this.url,
      token: this.token,
      encodingAesKey: mode === 'plain' ? '' : this.encodingAesKey,
      mode,
      format,
    }
  }

  /** @internal */
  async take(request: OutboundRequest): Promise<ReceiverAnswer> {
    const query = Object.fromEntries(new URL(request.url).searchParams)
    const body = request.body?.toString() ?? ''
    const came = { at: this.#parts.now(), query, body }
    try {
      if (request.method === 'GET') return { status: 200, body: answerVerification(this.token, query) }
      const callback = { ...came, message: this.#read(query, body) }
      this.received.push(callback)
      return await this.#answerTo(callback)
    } catch (error) {
      if (!(error instanceof PushRefused)) throw error
      this.refused.push({ ...came, reason: error.message })
      return { status: 403, body: error.message }
    } finally {
      this.#arrive()
    }
  }

  /**
   * The first callback that says this and was not taken before. It is taken by this.
   *
   * @throws AssertionError that tells what came instead, when none comes in time
   */
  async next(expected: Expected = {}, options: NextOptions = {}): Promise<PushedMessage> {
    checkOptions('next', options, { withinMs: 'any' })
    const { withinMs = 1000 } = options
    const { promise: timeout, resolve: giveUp } = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => giveUp('late'), withinMs)
    try {
      await this.#parts.settle()
      for (;;) {
        const { promise, resolve } = Promise.withResolvers<void>()
        this.#arrive = resolve
        const found = this.#find(expected)
        if (found) return found
        if ((await Promise.race([promise, timeout])) === 'late') break
      }
    } finally {
      clearTimeout(timer)
    }
    throw await this.#missing(expected, withinMs)
  }

  async #answerTo(callback: ReceivedCallback): Promise<ReceiverAnswer> {
    try {
      const answer = await this.#options.answer(callback)
      return typeof answer === 'string' ? { status: 200, body: answer } : answer
    } catch (error) {
      return { status: 500, body: messageOf(error) }
    }
  }

  #read(query: Record<string, string>, body: string): PushedMessage {
    const { token, encodingAesKey } = this.setting
    return readPush({ query, body, token, appid: this.#parts.appid, ...(encodingAesKey && { encodingAesKey }) })
  }

  #find(expected: Expected): PushedMessage | undefined {
    const found = this.received.find((one) => !this.#taken.has(one) && isMet(compare(expected, one.message)))
    if (found) this.#taken.add(found)
    return found?.message
  }

  async #missing(expected: Expected, withinMs: number): Promise<AssertionError> {
    const candidates = this.received
      .map((callback) => ({
        callback,
        compared: compare(expected, callback.message),
        isTaken: this.#taken.has(callback),
      }))
      .toSorted((a, b) => Number(a.isTaken) - Number(b.isTaken) || faultsOf(a.compared) - faultsOf(b.compared))
    const [nearest] = candidates
    const lines = [
      `No callback said ${tell(expected)}`,
      `to ${this.#parts.appid} until ${toChinaTime(this.#parts.now())} (UTC+8), its time, and ${withinMs} ms of the machine's.`,
      '',
      ...(nearest ? tellNearest(nearest, candidates.length) : ['No callback came at all.']),
      ...this.refused.map(({ reason }) => `One was refused: ${reason}`),
      ...(await this.#parts.tellMore()),
    ]
    return new AssertionError({
      message: lines.join('\n'),
      actual: nearest?.callback.message,
      expected,
      operator: 'next',
    })
  }
}

const faultsOf = (compared: readonly Compared[]): number => compared.filter(({ isEqual }) => !isEqual).length

function tellNearest(
  { compared, isTaken }: { compared: readonly Compared[]; isTaken: boolean },
  count: number,
): string[] {
  return [
    `The nearest of ${count} that came${isTaken ? ', which was taken before' : ''}:`,
    ...compared.map(({ path, expected, actual, isEqual }) =>
      isEqual ? `  ✓ ${path} ${show(actual)}` : `  ✗ ${path} ${show(actual)}, not ${show(expected)}`,
    ),
  ]
}

const show = (value: unknown): string => (value === undefined ? 'is absent' : tell(value))
