import type { ApiClient } from '@shenpi/sdk/client'
import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import { findAccountByAppid } from 'shenpi/src/accounts/account.store.ts'
import type { Account } from 'shenpi/src/accounts/account.ts'
import { createAccount } from 'shenpi/src/accounts/create-account.ts'
import { SANDBOX_ACCOUNT } from 'shenpi/src/sandbox/account.ts'
import { messageOf } from 'shenpi/src/thrown.ts'
import { activate } from './activate.ts'
import { checkOptions } from './check-options.ts'
import { credentialsFrom } from './credentials.ts'
import type { Fault, FaultOptions } from './faults.ts'
import { Merchant } from './merchant.ts'
import type { MerchantParts } from './merchant-parts.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'

export interface AccountOptions {
  name?: string
  /** Whether Shake Nearby and the shop component are open for it. Default: it has to apply for both. */
  activated?: boolean
}

/**
 * What a sandbox is made of.
 *
 * @internal
 */
export interface SandboxParts extends MerchantParts {
  key: string
  seed: string | undefined
  /** Set its clock to where it stood when it was opened. */
  freeze: () => Promise<void>
  /** Tell where it is reached, once it is. */
  publish: (url: string) => void
  /** Finish what is in flight, and remove its data. */
  letGoOfAll: () => Promise<void>
}

/** A whole Shenpi of a test's own. */
export class Sandbox implements AsyncDisposable {
  readonly #parts: SandboxParts
  #url: Promise<string> | undefined
  #accounts = 0
  #closed: Promise<void> | undefined

  /** @internal */
  constructor(parts: SandboxParts) {
    this.#parts = parts
  }

  /** Asks it in process, whatever the host of the URL. */
  get fetch(): typeof fetch {
    return this.#parts.fetch
  }

  /** The native API, as an operator. */
  get api(): ApiClient {
    return this.#parts.api
  }

  /** The operator's key. */
  get key(): string {
    return this.#parts.key
  }

  /** Where it is reached by other programs of this machine: the first who asks opens a port. */
  get url(): Promise<string> {
    this.#url ??= this.#parts.underWay.run(() => this.#listen())
    return this.#url
  }

  /** A new account. */
  async account(options: AccountOptions = {}): Promise<Merchant> {
    checkOptions('account', options, { name: 'any', activated: [true, false] })
    const { name = 'Acme', activated = false } = options
    return await this.#parts.underWay.run(() => this.#create(name, activated))
  }

  async #create(name: string, activated: boolean): Promise<Merchant> {
    const { services, seed } = this.#parts
    this.#accounts += 1
    const given = seed === undefined ? undefined : credentialsFrom(seed, this.#accounts)
    const { deviceCeiling } = services.policy.current
    const created = await createAccount(
      { ...services, deviceCeiling },
      { name, actor: 'test', ...(given && { given }) },
    )
    if (activated) await activate(services, created.account.accountId)
    return this.#merchant(created.account, created.secret)
  }

  /** The account that the protocol's published examples speak of. */
  async sample(): Promise<Merchant> {
    const { services, underWay } = this.#parts
    const { appid, secret } = SANDBOX_ACCOUNT
    const account = await underWay.run(() => findAccountByAppid(services.db, appid))
    if (!account) throw new Error('the sample account is gone')
    return this.#merchant(account, secret)
  }

  /** Strike calls and callbacks of all accounts: a fault that never strikes makes the test fail when this is closed. */
  async fault(options: FaultOptions): Promise<Fault> {
    return await this.#parts.faults.set(options)
  }

  /** A rule that decides applications of all accounts, behind the rules of an account. */
  async rule(name: string, rule: ApiOutcomeRuleBody): Promise<void> {
    await this.#parts.api.putSharedOutcomeRule({ params: { name }, body: rule })
  }

  /** Keep how everything stands, clocks too, to go back to. */
  async snapshot(): Promise<Snapshot> {
    return await takeSnapshot(this.#parts.api, {})
  }

  /** Begin anew, as it was when it was opened: without the accounts that it was given since. */
  async reset(): Promise<void> {
    const { api, freeze, underWay } = this.#parts
    await underWay.run(async () => {
      await api.resetSandbox({ body: {} })
      await freeze()
    })
  }

  /**
   * Finish what is in flight, let go of everything and remove its data.
   *
   * @throws AssertionError when a fault never struck
   */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close().catch((error) => {
      // Where the test failed, too, this becomes part of a SuppressedError, of which node:test shows nothing.
      process.stderr.write(`${messageOf(error)}\n`)
      throw error
    })
  }

  #merchant(account: Account, secret: string): Merchant {
    return new Merchant(account, secret, this.#parts)
  }

  async #listen(): Promise<string> {
    const { edges, publish } = this.#parts
    const url = await edges.listen()
    publish(url)
    return url
  }

  async #close(): Promise<void> {
    const { faults, underWay, letGoOfAll } = this.#parts
    await underWay.settle()
    const unfired = await faults.findUnfired().finally(() => {
      underWay.close()
      return letGoOfAll()
    })
    if (unfired) throw unfired
  }
}
