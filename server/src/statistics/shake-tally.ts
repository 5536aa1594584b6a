import type { CountedSubject } from '@shenpi/sdk/contract/states'
import type { Logger } from 'pino'
import type { MessageFields } from '../callbacks/message-format.ts'
import type { Database } from '../db/open.ts'
import { FairSemaphore } from '../fair-semaphore.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { saveTally } from './save-tally.ts'
import { VisitorSketch } from './visitor-sketch.ts'

export type Interaction = 'shake' | 'click'

/** What one day adds up to for one device or page. */
export interface Count {
  day: number
  subject: CountedSubject
  subjectId: number
  views: Record<Interaction, number>
  visitors: Record<Interaction, VisitorSketch>
}

/** The event of a shake, not yet a delivery. */
export interface ShakeEvent {
  /** The batch that the chosen device came with: the delivery's application. */
  applicationNo: number
  message: MessageFields
  at: Date
}

/** What one account's shakes add up to since the last flush. */
export interface AccountTally {
  accountId: number
  counts: Count[]
  /** When each device was shaken last, in epoch milliseconds. */
  activeAt: Map<number, number>
  events: ShakeEvent[]
}

/** How often counts are written. Unit: milliseconds of the machine's time. It is what a crash may lose. */
const FLUSH_EVERY_MS = 1000
/** Rows, visitors and events that are kept while they cannot be written; what comes on top is not counted. */
const KEPT_MAX = 500_000
/** With so many a flush begins before its time. */
const FLUSH_AT = 20_000
/** What one transaction writes at most: a few milliseconds' work. */
const PART = { counts: 256, devices: 128, events: 128 } as const
/** Accounts that are written side by side: one whose journal somebody holds takes a place until its turn is given up. */
const WRITES = { permits: 64, perAccount: 1, waitingPerAccount: 1 }

/**
 * How far the event of a shake may be dated ahead of it: nobody shakes faster than once a second for longer. What comes on
 * top shares its second, and a receiver may take it for a repeat.
 */
const EVENT_AHEAD_MAX_S = 5

interface Pending {
  /** By what `keyOf` makes of day and subject. */
  counts: Map<number, Count>
  activeAt: Map<number, number>
  events: ShakeEvent[]
}

/**
 * Counts shakes and clicks in the process and writes them about once a second, so that no answer waits for a write.
 * Several servers count apart; what they write adds up.
 */
export class ShakeTally {
  readonly #db: Database
  readonly #clock: Clock
  readonly #log: Logger
  readonly #onEvents: (accountId: number) => void
  readonly #pending = new Map<number, Pending>()
  readonly #places = new FairSemaphore(WRITES)
  /** Accounts that are being written, or wait for it. */
  readonly #writing = new Map<number, Promise<void>>()
  /** Rows, visitors and events, those that are being written included. */
  #kept = 0
  /** Whether a flush may begin before its time: once between two looks. */
  #mayHurry = true
  #lost = 0
  /** Unix seconds of the last event to an account about a person. */
  readonly #eventTimes = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined

  /** @param onEvents told of an account when deliveries to it have been written */
  constructor(db: Database, clock: Clock, log: Logger, onEvents: (accountId: number) => void) {
    this.#db = db
    this.#clock = clock
    this.#log = log
    this.#onEvents = onEvents
  }

  /** One interaction of one person, for the device and for the page. */
  count(
    interaction: Interaction,
    of: { accountId: number; deviceId: number; pageId: number; visitor: number; at: Date },
  ): void {
    const pending = this.#of(of.accountId)
    const day = chinaDay(of.at)
    this.#add(pending, { day, subject: 'device', subjectId: of.deviceId }, interaction, of.visitor)
    this.#add(pending, { day, subject: 'page', subjectId: of.pageId }, interaction, of.visitor)
    if (interaction === 'shake' && this.#mayKeep()) {
      const before = pending.activeAt.get(of.deviceId)
      if (before === undefined) this.#kept += 1
      pending.activeAt.set(of.deviceId, Math.max(before ?? 0, of.at.getTime()))
    }
    if (this.#kept >= FLUSH_AT && this.#timer && this.#mayHurry) this.#writeAll()
  }

  /**
   * Promise an account a message about a shake. Receivers tell a repeat by person and second alone, so the second of two
   * within one is dated a second later, up to a few. Source: docs/protocol/callbacks.md, Delivery.
   */
  announce(
    accountId: number,
    {
      openid,
      applicationNo,
      at,
      toMessage,
    }: {
      openid: string
      applicationNo: number
      at: Date
      toMessage: (unixSeconds: number) => MessageFields
    },
  ): void {
    if (!this.#mayKeep()) return
    const person = `${accountId}/${openid}`
    const second = Math.floor(at.getTime() / 1000)
    const next = Math.max(second, (this.#eventTimes.get(person) ?? 0) + 1)
    const time = Math.min(next, second + EVENT_AHEAD_MAX_S)
    this.#eventTimes.set(person, time)
    this.#of(accountId).events.push({ applicationNo, message: toMessage(time), at })
    this.#kept += 1
  }

  /** Write once a second from now on. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#tidy()
      this.#writeAll()
      this.#mayHurry = true
    }, FLUSH_EVERY_MS)
  }

  /** Write what there is and write no more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.flush()
  }

  /** Write what was counted until now. What cannot be written is kept and tried again a second later. */
  async flush(): Promise<void> {
    this.#tidy()
    const writeNow = async (accountId: number) => {
      await this.#writing.get(accountId)
      await this.#write(accountId)
    }
    const accountIds = new Set([...this.#pending.keys(), ...this.#writing.keys()])
    await Promise.all([...accountIds].map(writeNow))
  }

  #writeAll(): void {
    this.#mayHurry = false
    for (const accountId of this.#pending.keys()) void this.#write(accountId)
  }

  /** Tell what was lost, and forget people whose last event is over. */
  #tidy(): void {
    if (this.#lost > 0) this.#log.error({ lost: this.#lost }, 'shakes were not counted: they could not be written')
    this.#lost = 0
    const now = Math.floor(this.#clock.now().getTime() / 1000)
    for (const [person, time] of this.#eventTimes) if (time < now) this.#eventTimes.delete(person)
  }

  #of(accountId: number): Pending {
    const known = this.#pending.get(accountId)
    if (known) return known
    const pending = { counts: new Map(), activeAt: new Map(), events: [] }
    this.#pending.set(accountId, pending)
    return pending
  }

  #mayKeep(): boolean {
    if (this.#kept < KEPT_MAX) return true
    this.#lost += 1
    return false
  }

  #add(
    pending: Pending,
    key: Pick<Count, 'day' | 'subject' | 'subjectId'>,
    interaction: Interaction,
    visitor: number,
  ): void {
    if (!this.#mayKeep()) return
    const count = this.#countOf(pending, key)
    count.views[interaction] += 1
    if (count.visitors[interaction].add(visitor)) this.#kept += 1
  }

  #countOf(pending: Pending, key: Pick<Count, 'day' | 'subject' | 'subjectId'>): Count {
    const name = keyOf(key)
    const known = pending.counts.get(name)
    if (known) return known
    const count = {
      ...key,
      views: { shake: 0, click: 0 },
      visitors: { shake: new VisitorSketch(), click: new VisitorSketch() },
    }
    pending.counts.set(name, count)
    this.#kept += 1
    return count
  }

  /** Write an account, unless it is being written: one that has to wait holds up no other. */
  #write(accountId: number): Promise<void> {
    const known = this.#writing.get(accountId)
    if (known) return known
    if (!this.#pending.has(accountId)) return Promise.resolve()
    const writing = this.#places
      .run(accountId, () => this.#writeParts(accountId))
      .finally(() => this.#writing.delete(accountId))
    this.#writing.set(accountId, writing)
    return writing
  }

  async #writeParts(accountId: number): Promise<void> {
    const pending = this.#of(accountId)
    this.#pending.delete(accountId)
    const parts = toParts(accountId, pending)
    try {
      for (let part = parts[0]; part; part = parts[0]) {
        await saveTally({ db: this.#db, clock: this.#clock }, part)
        parts.shift()
        this.#kept -= sizeOf(part)
        if (part.events.length > 0) this.#onEvents(accountId)
      }
    } catch (error) {
      this.#log.error({ err: error }, 'shakes could not be written and are tried again')
      // From the last on: each is put before what came after it.
      for (const part of parts.toReversed()) this.#takeBack(part)
    }
  }

  #takeBack(part: AccountTally): void {
    const { accountId, counts, activeAt, events } = part
    this.#kept -= sizeOf(part)
    const pending = this.#of(accountId)
    for (const from of counts) {
      const into = this.#countOf(pending, { day: from.day, subject: from.subject, subjectId: from.subjectId })
      for (const interaction of ['shake', 'click'] as const) {
        into.views[interaction] += from.views[interaction]
        this.#kept -= into.visitors[interaction].room
        into.visitors[interaction].merge(from.visitors[interaction])
        this.#kept += into.visitors[interaction].room
      }
    }
    for (const [deviceId, at] of activeAt) {
      const later = pending.activeAt.get(deviceId)
      if (later === undefined) this.#kept += 1
      pending.activeAt.set(deviceId, Math.max(at, later ?? 0))
    }
    pending.events.unshift(...events)
    this.#kept += events.length
  }
}

/** Rows, visitors and events of what is to be written. */
function sizeOf({ counts, activeAt, events }: AccountTally): number {
  const visitors = counts.reduce((sum, { visitors: { shake, click } }) => sum + shake.room + click.room, 0)
  return counts.length + visitors + activeAt.size + events.length
}

/** One number is looked up faster than a text. Subjects stay below 2⁴⁶, and what waits to be written below 64 days. */
function keyOf({ day, subject, subjectId }: Pick<Count, 'day' | 'subject' | 'subjectId'>): number {
  return (subjectId * 64 + (day % 64)) * 2 + (subject === 'page' ? 1 : 0)
}

/** What one account has pending, in pieces for short transactions, in the order of their keys. */
function toParts(accountId: number, pending: Pending): AccountTally[] {
  const counts = [...pending.counts.values()].sort((a, b) => a.subjectId - b.subjectId)
  const devices = [...pending.activeAt].sort(([a], [b]) => a - b)
  const { events } = pending
  const lengths = [counts.length / PART.counts, devices.length / PART.devices, events.length / PART.events]
  return Array.from({ length: Math.ceil(Math.max(...lengths)) }, (_, part) => {
    const slice = <T>(of: readonly T[], size: number) => of.slice(part * size, (part + 1) * size)
    return {
      accountId,
      counts: slice(counts, PART.counts),
      activeAt: new Map(slice(devices, PART.devices)),
      events: slice(events, PART.events),
    }
  })
}
