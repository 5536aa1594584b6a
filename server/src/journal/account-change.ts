import type { Kysely, Transaction } from 'kysely'
import { getReceiver, type Receiver } from '../callbacks/callback-setting.store.ts'
import type { DeliveryJob } from '../callbacks/deliver-callback.ts'
import { deliveryQueue } from '../callbacks/delivery.queue.ts'
import { type Delivery, insertDelivery, type Lease } from '../callbacks/delivery.store.ts'
import { type CallbackEvent, type EventSender, platformSender, toEventMessage } from '../callbacks/event.ts'
import type { Schema } from '../db/schema.ts'
import type { Queue } from '../jobs/queue.ts'
import type { Place } from '../jobs/worker.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'
import { insertEntry, type JournalRow, lockJournal, updateJournal } from './journal.store.ts'
import { chainEntry, type TrailEntry } from './trail-entry.ts'

/** What an account numbers, and the journal's column with the last number. */
const COUNTERS = {
  application: 'application_no',
  page: 'page_no',
  group: 'group_no',
  store: 'poi_no',
  brand: 'brand_no',
  lottery: 'lottery_no',
} as const
type Counter = keyof typeof COUNTERS

/** A read of what belongs to one account. */
export type AccountRead<Answer> = (db: Kysely<Schema>, accountId: number) => Promise<Answer>

/** What a change may do to its account, whose journal is locked. */
export interface AccountChange {
  readonly trx: Transaction<Schema>
  readonly accountId: number
  /** The next number of a row of the account. */
  number(counter: Counter): Promise<number>
  /** Append an entry to the audit trail. */
  append(entry: TrailEntry): void
  /**
   * Ask once what the change does not write: who asks again is given the same answer. What nobody waits for yet goes
   * together with what is asked next.
   */
  ask<Answer>(read: AccountRead<Answer>): Promise<Answer>
  /** Ask where the account's callbacks go ahead of time: for a change that will promise one. */
  willPromise(): void
  /** Promise the merchant a callback about an event. @returns the delivery's number */
  promise(event: CallbackEvent): Promise<number>
  /** Leave new rows in a queue: its worker is woken after the commit. */
  leave(queue: Pick<Queue<never>, 'wake'>): void
}

interface Promised {
  deliveryNo: number
  sender: EventSender
  event: CallbackEvent
}

/** A change that is under way. Its entries, promises and numbers are written when it ends. */
export class OpenChange implements AccountChange {
  readonly trx: Transaction<Schema>
  readonly accountId: number
  readonly #locked: Promise<JournalRow>
  readonly #entries: TrailEntry[] = []
  /** Also those that nobody has waited for. */
  readonly #promised: Promise<Promised>[] = []
  readonly #queues = new Set<Pick<Queue<never>, 'wake'>>()
  readonly #handedOver: { place: Place<DeliveryJob>; job: DeliveryJob }[] = []
  readonly #asked = new Map<unknown, Promise<unknown>>()
  #isChanged = false
  #isOver = false

  /** Lock the account: what is asked next waits for the lock in the database, not here. */
  constructor(trx: Transaction<Schema>, accountId: number) {
    this.trx = trx
    this.accountId = accountId
    this.#locked = lockJournal(trx, accountId)
    // Told when the journal is needed, or at the end.
    this.#locked.catch(() => {})
  }

  number(counter: Counter): Promise<number> {
    return this.#next(COUNTERS[counter])
  }

  append(entry: TrailEntry): void {
    this.#assertOpen()
    this.#entries.push(entry)
  }

  ask<Answer>(read: AccountRead<Answer>): Promise<Answer> {
    // Each is kept under the read that it answers.
    const known = this.#asked.get(read) as Promise<Answer> | undefined
    if (known) return known
    const answer = read(this.trx, this.accountId)
    answer.catch(() => {})
    this.#asked.set(read, answer)
    return answer
  }

  willPromise(): void {
    void this.ask(getReceiver)
  }

  async promise(event: CallbackEvent): Promise<number> {
    this.#assertOpen()
    const promised = this.#promise(event)
    this.#promised.push(promised)
    return (await promised).deliveryNo
  }

  leave(queue: Pick<Queue<never>, 'wake'>): void {
    this.#queues.add(queue)
  }

  /** Write what is left to be written. */
  async end(): Promise<void> {
    // At once: a number that is taken while the receiver is looked up would have no row.
    this.#isOver = true
    const journal = await this.#locked
    const { trx } = this
    for (const { delivery, lease } of await this.#addressed()) await insertDelivery(trx, delivery, lease)
    for (const entry of this.#entries) {
      const row = chainEntry(journal, entry)
      journal.entry_no = row.entry_no
      journal.entry_hash = row.hash
      await insertEntry(trx, row)
    }
    if (this.#isChanged || this.#entries.length > 0) await updateJournal(trx, journal)
  }

  /** The workers of this process may begin with what the change has left them. */
  committed(): void {
    for (const { place, job } of this.#handedOver) place.run(job)
    for (const queue of this.#queues) queue.wake(this.trx, this.accountId)
  }

  rolledBack(): void {
    for (const { place } of this.#handedOver) place.giveBack()
  }

  #assertOpen(): void {
    if (this.#isOver) throw new Error(`the change of account ${this.accountId} is over`)
  }

  async #promise(event: CallbackEvent): Promise<Promised> {
    const deliveryNo = await this.#next('delivery_no')
    return { deliveryNo, sender: event.sender ?? senderAt(await this.#locked, event.at, deliveryNo), event }
  }

  async #next(column: (typeof COUNTERS)[Counter] | 'delivery_no'): Promise<number> {
    this.#assertOpen()
    const journal = await this.#locked
    this.#isChanged = true
    journal[column] += 1
    return journal[column]
  }

  /** The deliveries that were promised, to where the account's callbacks go. */
  async #addressed() {
    const { accountId } = this
    if (this.#promised.length === 0) return []
    const receiver = await this.ask(getReceiver)
    const state = receiver.setting ? ('pending' as const) : ('unaddressed' as const)
    const promised = await Promise.all(this.#promised)
    return promised.map(({ deliveryNo, sender, event }) => {
      const { applicationNo, name, at, dueAt } = event
      const message = toEventMessage(receiver.originalId, sender, event)
      const key = { accountId, deliveryNo, applicationNo, event: name, message }
      const delivery = { ...key, state, attempts: 0, createdAt: at, startedAt: at, dueAt, deliveredAt: null }
      return { delivery, lease: receiver.setting && this.#handOver(delivery, receiver) }
    })
  }

  /** @returns the lease of the worker of this process, if it has a place for the delivery */
  #handOver(delivery: Delivery, receiver: Receiver): Lease | undefined {
    const underWay = receiver.underWay + this.#handedOver.length
    const place = deliveryQueue.reserve(this.trx, this.accountId, underWay)
    if (place) this.#handedOver.push({ place, job: { ...delivery, receiver } })
    else this.leave(deliveryQueue)
    return place && { from: place.takenAt, ms: deliveryQueue.leaseMs }
  }
}

/** The journal keeps the latest second of an event: one that is later needs no sender of its own. */
function senderAt(journal: JournalRow, at: Date, deliveryNo: number): EventSender {
  const unixSeconds = toUnixSeconds(at)
  const isLater = unixSeconds > journal.event_time
  if (isLater) journal.event_time = unixSeconds
  return platformSender(unixSeconds, isLater ? undefined : deliveryNo)
}
