import { DELAY_MAX_MS, FAULTS_MAX } from '@shenpi/sdk/contract/fault-limits'
import type { Kysely } from 'kysely'
import type { Caches } from '../../caches.ts'
import type { Schema } from '../../db/schema.ts'
import { drawShare, type Entropy } from '../../entropy/entropy.ts'
import { Problem } from '../../problem.ts'
import type { Clock } from '../../time/clock.ts'
import { deleteFaultRule, listFaultRules, saveCounts, saveFaultRule } from './fault.store.ts'
import { delayOf, EVERY_ACCOUNT, type Fault, type FaultRule, fits, isActive, type Struck, strikes } from './fault.ts'

interface Parts {
  caches: Caches
  db: Kysely<Schema>
  clock: Pick<Clock, 'machine'>
  entropy: Entropy
}

/** A rule's turn: what it does now. */
export interface Strike {
  /** Its name. */
  injectedBy: string
  effect: Fault['effect']
  /** How long a delay lasts. Unit: milliseconds of the machine's time. */
  delayMs: number
}

/** A rule by what finds it. */
export type RuleKey = Pick<FaultRule, 'accountId' | 'name'>

/**
 * The rules of a sandbox, in memory as long as it runs. What they have seen and struck is counted here and written about once a
 * second.
 */
export class FaultRules {
  readonly #parts: Parts
  #loaded: Promise<Map<number, FaultRule[]>> | undefined
  /** As they stand, once they are loaded: a commit cannot wait for them. */
  #rules: ReadonlyMap<number, FaultRule[]> = new Map()
  /** Rules whose counts are not written yet. */
  readonly #counted = new Set<FaultRule>()
  #writing: Promise<void> = Promise.resolve()
  /** The last change that is under way: they go one after the other. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    parts.caches.register(this)
  }

  /** Read them, if nobody has yet. */
  async load(): Promise<void> {
    await this.#load()
  }

  /** The next who asks reads them again. What was counted of other accounts is written first. */
  async empty(accountId?: number): Promise<void> {
    await this.#writing.catch(() => {})
    const kept = [...this.#counted].filter((rule) => accountId !== undefined && rule.accountId !== accountId)
    this.#counted.clear()
    for (const rule of kept) this.#counted.add(rule)
    await this.write()
    this.#loaded = undefined
    this.#rules = new Map()
  }

  /** @param accountId of one account, or {@link EVERY_ACCOUNT}; undefined: all there are, in the order of their keys */
  async list(accountId?: number): Promise<FaultRule[]> {
    const rules = await this.#load()
    if (accountId !== undefined) return [...(rules.get(accountId) ?? [])]
    return [...rules.entries()].sort(([a], [b]) => a - b).flatMap(([, own]) => own)
  }

  /** @throws Problem `fault.unknown` */
  async get(key: RuleKey): Promise<FaultRule> {
    const rule = find((await this.#load()).get(key.accountId), key)
    if (!rule) throw new Problem('fault.unknown')
    return rule
  }

  /**
   * Set a rule: one of that name begins anew, in its place.
   *
   * @throws Problem `fault.too_many`
   */
  set({ accountId, name }: RuleKey, fault: Fault, endsAt: Date): Promise<FaultRule> {
    return this.#change(async () => {
      const before = find(await this.list(accountId), { accountId, name })
      if (!before) await this.#makeRoom(accountId)
      const position = before?.position ?? ((await this.list(accountId)).at(-1)?.position ?? 0) + 1
      const rule: FaultRule = { ...fault, accountId, name, position, endsAt, seen: 0, hits: 0 }
      // Before it is in the table, as counts of the one before are still on their way there.
      await this.#forget(before)
      await saveFaultRule(this.#parts.db, rule)
      const rules = await this.#load()
      const others = (rules.get(accountId) ?? []).filter((other) => other.name !== name)
      rules.set(
        accountId,
        [...others, rule].sort((a, b) => a.position - b.position),
      )
      return rule
    })
  }

  /** @throws Problem `fault.unknown` */
  delete(key: RuleKey): Promise<FaultRule> {
    return this.#change(() => this.#delete(key))
  }

  async #delete(key: RuleKey): Promise<FaultRule> {
    const rule = await this.get(key)
    await this.#forget(rule)
    await deleteFaultRule(this.#parts.db, rule)
    return rule
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => {})
    return done
  }

  /**
   * The strikes of a moment: rules of the account are looked at first, then those for all, in their order. Delays add up;
   * the first of any other effect is the last that is looked at. Now, without waiting: of two calls only one gets the last strike.
   *
   * @param accountId undefined: nobody knows yet whose it is
   * @param canStrike whether a rule's effect is possible now; one that is not has not seen it
   */
  take(accountId: number | undefined, struck: Struck, canStrike: (rule: FaultRule) => boolean): Strike[] {
    const taken: Strike[] = []
    for (const rule of this.#fitting(accountId, struck)) {
      if (!canStrike(rule)) continue
      const drawn = () => this.#draw(accountId ?? EVERY_ACCOUNT)
      this.#counted.add(rule)
      rule.seen += 1
      if (!strikes(rule, drawn)) continue
      rule.hits += 1
      taken.push({ injectedBy: rule.name, effect: rule.effect, delayMs: delayMsOf(rule.effect, drawn) })
      if (rule.effect.type !== 'delay') break
    }
    return taken
  }

  /** What a fault does now that is no rule. */
  strikeOf({ effect }: Fault, { injectedBy, accountId }: { injectedBy: string; accountId: number }): Strike {
    return { injectedBy, effect, delayMs: delayMsOf(effect, () => this.#draw(accountId)) }
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0
  }

  /** Whether a rule might strike there: who only wants to know changes nothing. */
  mayStrike(accountId: number | undefined, struck: Struck): boolean {
    return !this.#fitting(accountId, struck).next().done
  }

  /** Write what was counted. */
  write(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#writeCounts())
    return this.#writing
  }

  async #writeCounts(): Promise<void> {
    const counted = [...this.#counted]
    this.#counted.clear()
    for (const rule of counted) {
      await saveCounts(this.#parts.db, rule).catch((error: unknown) => {
        this.#counted.add(rule)
        throw error
      })
    }
  }

  #draw(accountId: number): number {
    return drawShare(this.#parts.entropy, accountId, 'fault')
  }

  *#fitting(accountId: number | undefined, struck: Struck): Generator<FaultRule> {
    const now = this.#parts.clock.machine()
    for (const whose of [accountId, EVERY_ACCOUNT]) {
      for (const rule of (whose !== undefined && this.#rules.get(whose)) || []) {
        if (isActive(rule, now) && fits(rule, struck)) yield rule
      }
    }
  }

  /** A load that fails is tried again by the next. */
  async #load(): Promise<Map<number, FaultRule[]>> {
    this.#loaded ??= listFaultRules(this.#parts.db).then(
      (rules) => {
        const byAccount = Map.groupBy(rules, ({ accountId }) => accountId)
        this.#rules = byAccount
        return byAccount
      },
      (error) => {
        this.#loaded = undefined
        throw error
      },
    )
    return await this.#loaded
  }

  /** Rules that have ended stay to be read until others need their place. */
  async #makeRoom(accountId: number): Promise<void> {
    const own = await this.list(accountId)
    if (own.length < FAULTS_MAX) return
    const now = this.#parts.clock.machine()
    const ended = own.filter((rule) => rule.endsAt.getTime() <= now)
    if (ended.length === 0) throw new Problem('fault.too_many')
    for (const rule of ended) await this.#delete(rule)
  }

  async #forget(rule: FaultRule | undefined): Promise<void> {
    if (!rule) return
    const rules = await this.#load()
    rules.set(
      rule.accountId,
      (rules.get(rule.accountId) ?? []).filter((other) => other !== rule),
    )
    this.#counted.delete(rule)
    await this.#writing.catch(() => {})
  }
}

const find = (rules: readonly FaultRule[] | undefined, { name }: RuleKey) => rules?.find((rule) => rule.name === name)

const delayMsOf = (effect: Fault['effect'], drawn: () => number): number =>
  effect.type === 'delay' ? delayOf(effect, DELAY_MAX_MS, drawn) : 0
