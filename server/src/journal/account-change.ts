import type { Transaction } from 'kysely'
import { getReceiver, type Receiver } from '../callbacks/callback-setting.store.ts'
import type { DeliveryJob } from '../callbacks/deliver-callback.ts'
import { deliveryQueue } from '../callbacks/delivery.queue.ts'
import { type Delivery, insertDelivery, type Lease } from '../callbacks/delivery.store.ts'
import { type CallbackEvent, type EventSender, platformSender, toEventMessage } from '../callbacks/event.ts'
import { pipelined } from '../db/pipelined.ts'
import type { Schema } from '../db/schema.ts'
import type { Queue } from '../jobs/queue.ts'
import type { Place } from '../jobs/worker.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'
import { insertEntry, type JournalRow, updateJournal } from './journal.store.ts'
import { chainEntry, type EntryRow, type TrailEntry } from './trail-entry.ts'

/** What an account numbers, and the journal's column with the last number. */
const COUNTERS = {
  application: 'application_no',
  page: 'page_no',
  group: 'group_no',
  store: 'poi_no',
  brand: 'brand_no',
} as const
export type Counter = keyof typeof COUNTERS

/** Statements that are sent side by side: what `pg` spends on a queue of them grows with the square of its length. */
const SIDE_BY_SIDE_MAX = 64

/** What a change may do to its account, whose journal is locked. */
export interface AccountChange {
  readonly trx: Transaction<Schema>
  readonly accountId: number
  /** The next number of a row of the account. */
  number(counter: Counter): number
  /** Append an entry to the audit trail. */
  append(entry: TrailEntry): void
  /** Promise the merchant a callback about an event. @returns the delivery's number */
  promise(event: CallbackEvent): number
  /** Leave new rows in a queue: its worker is woken after the commit. */
  leave(queue: Pick<Queue<never>, 'wake'>): void
  /** Send a statement without waiting for it: the change ends after it, and fails if it fails. */
  write(statement: Promise<unknown>): void
}

/** A change that is under way. Its numbers, entries and promises are written when it ends. */
export class OpenChange implements AccountChange {
  readonly trx: Transaction<Schema>
  readonly #journal: JournalRow
  readonly #statements: Promise<unknown>[] = []
  readonly #entries: EntryRow[] = []
  readonly #promised: { deliveryNo: number; sender: EventSender; event: CallbackEvent }[] = []
  readonly #queues = new Set<Pick<Queue<never>, 'wake'>>()
  readonly #handedOver: { place: Place<DeliveryJob>; job: DeliveryJob }[] = []
  #isChanged = false
  #isOver = false

  constructor(trx: Transaction<Schema>, journal: JournalRow) {
    this.trx = trx
    this.#journal = { ...journal }
  }

  get accountId(): number {
    return this.#journal.account_id
  }

  number(counter: Counter): number {
    return this.#next(COUNTERS[counter])
  }

  append(entry: TrailEntry): void {
    const journal = this.#change()
    const row = chainEntry(journal, entry)
    journal.entry_no = row.entry_no
    journal.entry_hash = row.hash
    this.#entries.push(row)
  }

  promise(event: CallbackEvent): number {
    const deliveryNo = this.#next('delivery_no')
    const sender = event.sender ?? this.#senderAt(event.at, deliveryNo)
    this.#promised.push({ deliveryNo, sender, event })
    return deliveryNo
  }

  leave(queue: Pick<Queue<never>, 'wake'>): void {
    this.#queues.add(queue)
  }

  write(statement: Promise<unknown>): void {
    // What it fails with is told when the change ends.
    statement.catch(() => {})
    this.#assertOpen()
    this.#statements.push(statement)
  }

  /** Write what is left to be written, and wait for all. */
  async end(): Promise<void> {
    // At once: a number that is taken while the receiver is looked up would have no row.
    this.#isOver = true
    const deliveries = await this.#addressed()
    const { trx } = this
    const left = [
      ...deliveries.map(
        ({ delivery, lease }) =>
          () =>
            insertDelivery(trx, delivery, lease),
      ),
      ...this.#entries.map((entry) => () => insertEntry(trx, entry)),
      ...(this.#isChanged ? [() => updateJournal(trx, this.#journal)] : []),
    ]
    do {
      this.#statements.push(...left.splice(0, SIDE_BY_SIDE_MAX).map((send) => send()))
      await this.settle()
    } while (left.length > 0)
  }

  /** Wait for every statement. @throws what the first that failed did: it is why those behind it failed */
  async settle(): Promise<void> {
    this.#isOver = true
    await pipelined(this.#statements)
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

  #change(): JournalRow {
    this.#assertOpen()
    this.#isChanged = true
    return this.#journal
  }

  #next(column: (typeof COUNTERS)[Counter] | 'delivery_no'): number {
    const journal = this.#change()
    journal[column] += 1
    return journal[column]
  }

  /** The journal keeps the latest second of an event: one that is later needs no sender of its own. */
  #senderAt(at: Date, deliveryNo: number): EventSender {
    const unixSeconds = toUnixSeconds(at)
    const isLater = unixSeconds > this.#journal.event_time
    if (isLater) this.#journal.event_time = unixSeconds
    return platformSender(unixSeconds, isLater ? undefined : deliveryNo)
  }

  /** The deliveries that were promised, to where the account's callbacks go. */
  async #addressed() {
    const { trx, accountId } = this
    if (this.#promised.length === 0) return []
    const receiver = await getReceiver(trx, accountId)
    const state = receiver.setting ? ('pending' as const) : ('unaddressed' as const)
    return this.#promised.map(({ deliveryNo, sender, event }) => {
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
