import { rm } from 'node:fs/promises'
import type { ApiClient } from '@shenpi/sdk/client'
import { findAccountByAppid } from 'shenpi/src/accounts/account.store.ts'
import type { Account } from 'shenpi/src/accounts/account.ts'
import { createAccount } from 'shenpi/src/accounts/create-account.ts'
import type { Listeners } from 'shenpi/src/http/listeners.ts'
import { toUrl } from 'shenpi/src/main.ts'
import type { OpenServer } from 'shenpi/src/open-server.ts'
import { SANDBOX_ACCOUNT } from 'shenpi/src/sandbox/account.ts'
import { activate } from './activate.ts'
import { credentialsFrom } from './credentials.ts'
import { Merchant } from './merchant.ts'
import type { MerchantParts } from './merchant-parts.ts'

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
  server: OpenServer
  listeners: Listeners
  api: ApiClient
  key: string
  seed: string | undefined
  /** Its data directory, and whether that stays. */
  folder: string
  isKept: boolean
  /** Tell where it is reached, once it is. */
  publish: (url: string) => void
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
    this.#url ??= this.#listen()
    return this.#url
  }

  /** A new account. */
  async account({ name = 'Acme', activated = false }: AccountOptions = {}): Promise<Merchant> {
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
    const { appid, secret } = SANDBOX_ACCOUNT
    const account = await findAccountByAppid(this.#parts.services.db, appid)
    if (!account) throw new Error('the sample account is gone')
    return this.#merchant(account, secret)
  }

  /** Finish what is in flight, let go of everything and remove its data. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #merchant(account: Account, secret: string): Merchant {
    return new Merchant(account, secret, this.#parts)
  }

  async #listen(): Promise<string> {
    const { app, publish } = this.#parts
    await app.listen({ host: '127.0.0.1', port: 0 })
    const url = toUrl(app, 'http')
    publish(url)
    return url
  }

  async #close(): Promise<void> {
    const { app, listeners, server, folder, isKept } = this.#parts
    await this.#url
    await listeners.close(0)
    await app.close()
    await server.stopWorkers()
    await server.close()
    if (!isKept) await rm(folder, { recursive: true, force: true })
  }
}
