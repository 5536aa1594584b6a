import type { Logger } from 'pino'
import type { Cache, Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import { AccountWrites } from '../jobs/account-writes.ts'
import type { Clock } from '../time/clock.ts'
import { AccountTally, type Interaction, type ShakeEvent, sizeOf } from './account-tally.ts'
import { EventTimes } from './event-times.ts'
import { saveTally } from './save-tally.ts'
import { TallyRoom } from './tally-room.ts'

/** How often counts are written. Unit: milliseconds of the machine's time. It is what a crash may lose. */
const FLUSH_EVERY_MS = 1000
/** With so many rows, visitors and events a flush begins before its time. */
const FLUSH_AT = 20_000
/** Accounts that are written in parallel: one whose journal is locked keeps its place until its change is refused. */
const WRITES = { together: 1, places: 64 }

/**
 * Counts shakes and clicks in the process and writes them about once a second, so that no answer waits for a write.
 * Several servers count apart; what they write adds up.
 */
export class ShakeTally implements Cache {
  readonly #db: Database
  readonly #clock: Clock
  readonly #log: Logger
  readonly #accounts = new Map<number, AccountTally>()
  readonly #room = new TallyRoom()
  readonly #eventTimes = new EventTimes()
  readonly #writes: AccountWrites
  /** Whether a flush may begin before its time: once between two looks. */
  #mayHurry = true
  #timer: NodeJS.Timeout | undefined

  constructor({ db, clock, log, caches }: { db: Database; clock: Clock; log: Logger; caches: Caches }) {
    this.#db = db
    this.#clock = clock
    this.#log = log
    caches.register(this)
    const write = async (accountIds: readonly number[]) => {
      for (const accountId of accountIds) await this.#writeChunks(accountId)
    }
    const onFailure = (error: unknown) => log.error({ err: error }, 'shakes could not be written and are tried again')
    this.#writes = new AccountWrites({ ...WRITES, write, onFailure })
  }

  /** One interaction of one person, for the device and for the page. */
  count(
    interaction: Interaction,
    of: { accountId: number; deviceId: number; pageId: number; visitor: number; at: Date },
  ): void {
    this.#of(of.accountId).count(interaction, of)
    if (this.#room.taken >= FLUSH_AT && this.#timer && this.#mayHurry) this.#writeAll()
  }

  /** Promise an account the event of a shake, which the person who shook sends. */
  announce(accountId: number, openid: string, event: Omit<ShakeEvent, 'sender'>): void {
    if (!this.#room.admits()) return
    const unixSeconds = this.dateEvent(accountId, openid, event.at)
    this.#of(accountId).addEvent({ ...event, sender: { openid, unixSeconds } })
  }

  /** The second of an event that a person sends to an account: see EventTimes. */
  dateEvent(accountId: number, openid: string, at: Date): number {
    return this.#eventTimes.next(accountId, openid, at)
  }

  /** Write once a second from now on. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#tidy()
      this.#writeAll()
      this.#mayHurry = true
    }, FLUSH_EVERY_MS)
    // As of what is repeated: what listens keeps the process.
    this.#timer.unref()
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
    await this.#writes.flush(() => this.#accounts.keys())
  }

  async empty(accountId?: number): Promise<void> {
    this.#drop(accountId)
    await this.#writes.idle(accountId)
    // What was under way and failed waits again.
    this.#drop(accountId)
  }

  #drop(accountId: number | undefined): void {
    this.#eventTimes.forget(accountId)
    for (const [id, tally] of this.#accounts) {
      if (accountId !== undefined && accountId !== id) continue
      this.#accounts.delete(id)
      for (const chunk of tally.toChunks(id)) this.#room.taken -= sizeOf(chunk)
    }
  }

  #writeAll(): void {
    this.#mayHurry = false
    void this.#writes.writeAll(this.#accounts.keys())
  }

  #tidy(): void {
    const lost = this.#room.takeRefused()
    if (lost > 0) this.#log.error({ lost }, 'shakes were not counted: they could not be written')
    this.#eventTimes.forgetBefore(this.#clock)
  }

  #of(accountId: number): AccountTally {
    const known = this.#accounts.get(accountId)
    if (known) return known
    const tally = new AccountTally(this.#room)
    this.#accounts.set(accountId, tally)
    return tally
  }

  async #writeChunks(accountId: number): Promise<void> {
    const chunks = this.#accounts.get(accountId)?.toChunks(accountId) ?? []
    this.#accounts.delete(accountId)
    try {
      for (let chunk = chunks[0]; chunk; chunk = chunks[0]) {
        await saveTally({ db: this.#db, clock: this.#clock }, chunk)
        chunks.shift()
        this.#room.taken -= sizeOf(chunk)
      }
    } catch (error) {
      // From the last on: each is put before what came after it.
      for (const chunk of chunks.toReversed()) this.#of(accountId).takeBack(chunk)
      throw error
    }
  }
}
