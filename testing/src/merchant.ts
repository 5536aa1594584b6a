import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import { createWireClient, type WireClient } from '@shenpi/sdk/wire'
import type { Account } from 'shenpi/src/accounts/account.ts'
import { setCallback } from 'shenpi/src/accounts/set-callback.ts'
import type { Services } from 'shenpi/src/services.ts'
import type { IssuedToken } from 'shenpi/src/tokens/issue-token.ts'
import { passTime } from './advance.ts'
import { checkOptions } from './check-options.ts'
import { createReceiver } from './create-receiver.ts'
import { decide } from './decide.ts'
import type { Fault, FaultOptions } from './faults.ts'
import type { MerchantParts } from './merchant-parts.ts'
import type { Happening, Passing } from './passing.ts'
import type { Receiver, ReceiverOptions } from './receiver.ts'
import { SAMPLE_PICTURE } from './sample-picture.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import { isGood, tokenOf, tokenStoreOf } from './tokens.ts'
import type { CallWire } from './wire-answer.ts'
import { createWireCaller } from './wire-caller.ts'

/** What staff say of an application. */
export interface Said {
  /** What the merchant reads. */
  reason?: string
  /** Of a rejection: the fields that are to be mended. */
  fields?: string[]
}

/** An account of the sandbox, and everything that a test does as it or to it. */
export class Merchant {
  readonly appid: string
  readonly secret: string
  /** The `gh_…` that its callbacks are addressed to. */
  readonly originalId: string
  /** Call the wire as this account, in process: answers what came, refusals too. */
  readonly call: CallWire
  readonly #account: Account
  readonly #parts: MerchantParts
  #wire: WireClient | undefined

  /** @internal */
  constructor(account: Account, secret: string, parts: MerchantParts) {
    this.appid = account.appid
    this.originalId = account.originalId
    this.secret = secret
    this.#account = account
    this.#parts = parts
    const call = createWireCaller(parts.edges, this, async (held) =>
      held !== undefined && (await isGood(parts.services, held)) ? held : (await this.#token()).token,
    )
    this.call = (...asked) => parts.underWay.run(() => call(...asked))
  }

  /** Every call of the wire as a function, typed; a refusal is thrown. */
  get wire(): WireClient {
    const { appid, secret } = this
    const { fetch } = this.#parts
    const now = () => this.now.getTime()
    const store = tokenStoreOf(now, () => this.#token())
    // Sent again by itself, a call would hide a fault that strikes it once.
    const once = { gapsMs: [] }
    this.#wire ??= createWireClient({ url: 'http://sandbox.test', appid, secret, fetch, now, store, ...once })
    return this.#wire
  }

  #token(): Promise<IssuedToken> {
    return this.#do((services) => tokenOf(services, this.appid, this.secret))
  }

  #do<T>(work: (services: Services, accountId: number) => Promise<T>): Promise<T> {
    const { services, underWay } = this.#parts
    return underWay.run(() => work(services, this.#account.accountId))
  }

  /** What time it is for this account. */
  get now(): Date {
    return this.#parts.services.clock.now(this.#account.accountId)
  }

  /** Let its time pass, do what falls due on the way, and tell what happened. */
  async advance(passing: Passing = {}): Promise<Happening[]> {
    return await this.#do((services, accountId) => passTime(services, accountId, passing))
  }

  /** Approve an application of its. @param id of the wire or of the staff; default: the newest that is open */
  async approve(id?: string, said: Said = {}): Promise<void> {
    await this.#decide('approve', id, said)
  }

  /** The same with a rejection. */
  async reject(id?: string, said: Said = {}): Promise<void> {
    await this.#decide('reject', id, said)
  }

  async #decide(move: 'approve' | 'reject', id: string | undefined, said: Said): Promise<void> {
    checkOptions(move, said, { reason: 'any', fields: 'any' })
    await this.#do((services, accountId) => decide(services, accountId, { id, move, ...said }))
  }

  /** A rule that decides its applications. */
  async rule(name: string, rule: ApiOutcomeRuleBody): Promise<void> {
    const { appid } = this
    await this.#parts.api.putOutcomeRule({ params: { appid, name }, body: rule })
  }

  /** Strike its calls and callbacks: a fault that never strikes makes the test fail when the sandbox is closed. */
  async fault(options: FaultOptions): Promise<Fault> {
    return await this.#parts.faults.set(options, this.appid)
  }

  /** Keep how it stands, its clock too, to go back to. */
  async snapshot(): Promise<Snapshot> {
    return await takeSnapshot(this.#parts.api, { appid: this.appid })
  }

  /** Let it begin anew. */
  async reset(): Promise<void> {
    await this.#parts.api.resetSandbox({ body: { appid: this.appid } })
  }

  /** Upload a photo, for what takes only pictures of its own, as stores do. @returns its link */
  async photo(): Promise<string> {
    const { url } = await this.wire.pictures.mediaUploadImg({ buffer: SAMPLE_PICTURE })
    return url
  }

  /** Have its callbacks sent to a receiver in process, from now on. */
  async receiver(options: ReceiverOptions = {}): Promise<Receiver> {
    const receiver = createReceiver(this.#account, this.#parts, options)
    await this.#do((services) => setCallback(services, this.appid, receiver.setting, 'test'))
    return receiver
  }
}
