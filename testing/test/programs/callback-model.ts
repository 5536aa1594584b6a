import type { CallbackFault, ReceiverWay } from './program.ts'

/** Seconds after the first, second, … failed try. Source: docs/protocol/callbacks.md, delivery. */
const GAPS_S = [5, 5, 5, 60, 300, 900, 3600, 7200, 14_400, 28_800, 28_800]

const ANSWERS: Record<ReceiverWay, string> = {
  accept: '200 success',
  fail: '500 no',
  hang: '– receiver-1.test did not answer.',
}

/** A try as a timeline tells it. */
export interface ModelTry {
  at: number
  deliveryNo: number
  application: string
  text: string
  injected: string | null
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
  fault: (CallbackFault & { left: number }) | undefined
  way: ReceiverWay = 'accept'
  readonly tries: ModelTry[] = []
  readonly #deliveries: ModelDelivery[] = []

  promise(application: string, event: string, at: number): void {
    const deliveryNo = this.#deliveries.length + 1
    this.#deliveries.push({ deliveryNo, application, event, attempts: 0, dueAt: at })
  }

  get nextDue(): number | undefined {
    return this.#deliveries.flatMap(({ dueAt }) => dueAt ?? []).sort((a, b) => a - b)[0]
  }

  /** Try what is due. */
  settle(now: number): void {
    for (;;) {
      const due = this.#deliveries.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)
      if (due.length === 0) return
      for (const delivery of due) this.#try(delivery, now)
    }
  }

  #try(delivery: ModelDelivery, now: number): void {
    const fault = this.#takeFault(delivery)
    const injected = fault ? 'strike' : null
    const { deliveryNo, application, event } = delivery
    const tell = (text: string) =>
      this.tries.push({ at: now, deliveryNo, application, text: `${event}: ${text}`, injected })
    delivery.attempts += 1
    const gapS = GAPS_S[delivery.attempts - 1]
    const again = gapS === undefined ? undefined : now + gapS * 1000
    if (fault?.effect === 'callback_drop') {
      tell('– not sent: lost on its way')
      delivery.dueAt = again
    } else if (fault?.effect === 'callback_delay') {
      tell(`– not sent: held back for ${fault.seconds} s`)
      delivery.dueAt = now + fault.seconds * 1000
    } else {
      tell(ANSWERS[this.way])
      const accepted = fault ? now : undefined
      delivery.dueAt = this.way === 'accept' ? accepted : again
    }
  }

  /** What would never arrive otherwise strikes first tries alone. */
  #takeFault({ attempts }: ModelDelivery): CallbackFault | undefined {
    const { fault } = this
    if (!fault || fault.left === 0) return undefined
    if (fault.effect !== 'callback_drop' && attempts > 0) return undefined
    fault.left -= 1
    return fault
  }
}
