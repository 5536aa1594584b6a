import type { CallbackFault, ReceiverWay } from './program.ts'

/** Seconds after the first, second, … failed try. Source: docs/protocol/callbacks.md, delivery. */
const GAPS_S = [5, 5, 5, 60, 300, 900, 3600, 7200, 14_400, 28_800, 28_800]

/** How a try ended, by what a receiver does with a message that it takes for genuine. */
const ANSWERS = { accept: '200 success', fail: '500 no', hang: '– receiver-N.test did not answer.' } as const
/** What a receiver answers to any other. */
const REFUSED = '403'

/** What would never arrive otherwise strikes first tries alone. */
const FIRST_TRIES: readonly CallbackFault['effect'][] = ['callback_duplicate', 'callback_delay', 'callback_reorder']
/** A message that a receiver cannot take for genuine. */
const SPOILT: readonly CallbackFault['effect'][] = [
  'callback_wrong_signature',
  'callback_wrong_key',
  'callback_old_key',
  'callback_truncate',
]

/** A try, as a timeline tells it and as it comes to a receiver. */
export interface ModelTry {
  at: number
  deliveryNo: number
  application: string
  event: string
  /** What came of it. */
  text: string
  injected: string | null
  /** Counts up from 1. */
  receiver: number
  /** Seconds before now that it is signed for. */
  agoS: number
}

interface ModelDelivery {
  deliveryNo: number
  application: string
  event: string
  attempts: number
  /** Undefined: it is not sent any more. */
  dueAt: number | undefined
}

/** What an account sends to its receiver, and when. */
export class CallbackModel {
  way: ReceiverWay = 'accept'
  readonly tries: ModelTry[] = []
  /** What a snapshot keeps. */
  state = {
    fault: undefined as (CallbackFault & { left: number }) | undefined,
    receiver: 1,
    /** The delivery that is held back until a later one has been tried. */
    held: undefined as number | undefined,
    deliveries: [] as ModelDelivery[],
  }

  promise(application: string, event: string, at: number): void {
    const { deliveries } = this.state
    deliveries.push({ deliveryNo: deliveries.length + 1, application, event, attempts: 0, dueAt: at })
  }

  get nextDue(): number | undefined {
    return this.#next()?.dueAt
  }

  /** Try what is due, one after another: the longest due first, of one moment the one that was promised first. */
  settle(now: number): void {
    for (let next = this.#next(now); next; next = this.#next(now)) {
      const text = this.#try(next, now)
      if (!text.includes('not sent') && next.deliveryNo === this.state.held) this.state.held = undefined
      this.#letGo(next, now)
    }
  }

  #next(until = Number.POSITIVE_INFINITY): ModelDelivery | undefined {
    let first: ModelDelivery | undefined
    for (const delivery of this.state.deliveries) {
      if (delivery.dueAt !== undefined && delivery.dueAt <= until && delivery.dueAt < (first?.dueAt ?? Infinity)) {
        first = delivery
      }
    }
    return first
  }

  /** @returns what came of it */
  #try(delivery: ModelDelivery, now: number): string {
    const { receiver } = this.state
    const { deliveryNo, application, event } = delivery
    const fault = this.#takeFault(delivery)
    delivery.attempts += 1
    const text = this.#outcomeOf(delivery, fault, now)
    const injected = fault ? 'strike' : null
    const agoS = fault?.effect === 'callback_stale_timestamp' ? fault.seconds : 0
    this.tries.push({ at: now, deliveryNo, application, event, text, injected, receiver, agoS })
    return text
  }

  #outcomeOf(delivery: ModelDelivery, fault: CallbackFault | undefined, now: number): string {
    const gapS = GAPS_S[delivery.attempts - 1]
    delivery.dueAt = gapS === undefined ? undefined : now + gapS * 1000
    if (fault?.effect === 'callback_drop') return '– not sent: lost on its way'
    if (fault && SPOILT.includes(fault.effect)) return REFUSED
    if (fault?.effect === 'callback_delay' || fault?.effect === 'callback_reorder') {
      delivery.dueAt = now + fault.seconds * 1000
      if (fault.effect === 'callback_delay') return `– not sent: held back for ${fault.seconds} s`
      this.state.held = delivery.deliveryNo
      return '– not sent: held back until a later one has gone'
    }
    if (this.way === 'accept') delivery.dueAt = fault?.effect === 'callback_duplicate' ? now : undefined
    return ANSWERS[this.way].replace('N', String(this.state.receiver))
  }

  /** What is held back goes when a later one has been tried. */
  #letGo({ deliveryNo }: ModelDelivery, now: number): void {
    const held = this.state.deliveries.find((each) => each.deliveryNo === this.state.held)
    if (!held || deliveryNo <= held.deliveryNo) return
    held.dueAt = now
    this.state.held = undefined
  }

  #takeFault({ attempts }: ModelDelivery): CallbackFault | undefined {
    const { fault, held, receiver } = this.state
    if (!fault || fault.left === 0) return undefined
    if (FIRST_TRIES.includes(fault.effect) && attempts > 0) return undefined
    if (fault.effect === 'callback_reorder' && held !== undefined) return undefined
    // Each receiver has a key of its own.
    if (fault.effect === 'callback_old_key' && receiver === 1) return undefined
    fault.left -= 1
    return fault
  }
}
