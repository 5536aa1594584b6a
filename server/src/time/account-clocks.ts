import type { Cache, Caches } from '../caches.ts'
import type { Clock } from './clock.ts'

/** How a clock stands to the one below it: an account's to the server's, the server's to the machine's. */
export interface ClockSetting {
  /** Milliseconds that it is ahead; negative when it is behind. Counts while it runs. */
  offsetMs: number
  /** The time at which it stands still; null while it runs. */
  frozenAt: Date | null
}

export const RUNNING: ClockSetting = { offsetMs: 0, frozenAt: null }

/** The key of the server's own setting: no account has it. */
export const SERVER = 0

type ReadClocks = () => Promise<readonly (readonly [accountId: number, setting: ClockSetting])[]>

const isPlain = ({ offsetMs, frozenAt }: ClockSetting) => offsetMs === 0 && frozenAt === null

/**
 * The clocks of a sandbox: each account has one of its own, on top of the server's, which runs on top of the machine's. Only
 * what differs is kept. Leases, sessions and timeouts stay with the machine, whatever they are set to. Work falls due by the
 * time that the account's clock shows: the machine's own, which only moves forward, stays behind it by as long as a laptop slept.
 */
export class AccountClocks implements Clock, Cache {
  /** Accounts whose clock is on its way to a later time. */
  readonly underWay = new Set<number>()
  readonly #under: Clock
  readonly #read: ReadClocks
  readonly #settings = new Map<number, ClockSetting>()

  private constructor(under: Clock, read: ReadClocks, caches: Caches) {
    this.#under = under
    this.#read = read
    caches.register(this)
  }

  /** The clocks as they stand. @param read what is kept of them; the server's stands there as {@link SERVER} */
  static async open(under: Clock, read: ReadClocks, caches: Caches): Promise<AccountClocks> {
    const clocks = new AccountClocks(under, read, caches)
    await clocks.empty()
    return clocks
  }

  async empty(): Promise<void> {
    const settings = await this.#read()
    this.#settings.clear()
    for (const [accountId, setting] of settings) this.set(accountId, setting)
  }

  /** @param accountId an account, or {@link SERVER} */
  settingOf(accountId: number): ClockSetting {
    return this.#settings.get(accountId) ?? RUNNING
  }

  set(accountId: number, setting: ClockSetting): void {
    if (isPlain(setting)) this.#settings.delete(accountId)
    else this.#settings.set(accountId, setting)
  }

  /** How far the clock is to be ahead of the one below it, so that it shows a time now. Unit: milliseconds. */
  offsetTo(accountId: number, at: Date): number {
    const below = accountId === SERVER ? this.#under.installation() : this.installation()
    return at.getTime() - below.getTime()
  }

  now(accountId: number): Date {
    const { offsetMs, frozenAt } = this.settingOf(accountId)
    return new Date(frozenAt ?? this.installation().getTime() + offsetMs)
  }

  installation(): Date {
    const { offsetMs, frozenAt } = this.settingOf(SERVER)
    return new Date(frozenAt ?? this.#under.installation().getTime() + offsetMs)
  }

  due(accountId: number): number {
    return this.now(accountId).getTime()
  }

  machine(): number {
    return this.#under.machine()
  }

  get isMoved(): boolean {
    return this.#settings.size > 0
  }
}
