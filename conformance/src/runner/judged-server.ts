import { type ApiClient, ApiProblem, createApiClient } from '@shenpi/sdk/client'
import type { Call } from '@shenpi/sdk/contract/call'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { Move } from '@shenpi/sdk/contract/states'
import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import type { ConformanceCase } from '../case.ts'
import { memberAt } from '../judge/member-at.ts'
import { type Reply, send } from '../judge/send.ts'
import { toRequest } from '../judge/to-request.ts'
import type { Member } from '../world/world.ts'
import { type Credentials, type Options, UsageError } from './options.ts'

/** Nobody answers, or not with the wire: there is nothing to judge. */
export class UnreachableError extends Error {}

/** One request got no answer. */
export class NoAnswerError extends Error {}

/** After so many requests in a row without an answer a run looks whether the server is there at all. */
const UNANSWERED_MAX = 5

/** The server that is judged, as its accounts and its staff call it. */
export class JudgedServer {
  readonly baseUrl: string
  readonly members: ReadonlyMap<Member, Credentials>
  readonly api: ApiClient | undefined
  readonly #tokens = new Map<Member, string>()
  /** How many requests in a row got no answer. */
  #unanswered = 0

  constructor({ baseUrl, members, apiKey }: Pick<Options, 'baseUrl' | 'members' | 'apiKey'>) {
    this.baseUrl = baseUrl
    this.members = members
    this.api = apiKey ? createApiClient({ url: baseUrl, key: apiKey }) : undefined
  }

  /** @throws UsageError when there is an API key and the native API does not take it */
  async checkApiKey(): Promise<void> {
    await this.api?.listAccounts({ query: { limit: 1 } }).catch((error: unknown) => {
      throw new UsageError(`--api-key: the native API does not take it (${toMessage(error)})`)
    })
  }

  /**
   * Get a stable token for each account, which ends no other: a case may have ended the one before.
   *
   * @throws UnreachableError when an account gets none the first time; later it goes on with the one that it has
   */
  async connect(): Promise<void> {
    for (const [member, { appid, secret }] of this.members) {
      const request = { grant_type: 'client_credential', appid, secret }
      const reply = await this.#sendOnce({ name: '', call: tokens.stableToken, by: null, request })
      const token = memberAt(reply?.json, 'access_token')
      if (typeof token === 'string' && token !== '') this.#tokens.set(member, token)
      else if (member === 'frozen' || member === 'secretFrozen') this.#tokens.set(member, '')
      else if (!this.#tokens.has(member)) {
        throw new UnreachableError(`${this.baseUrl} gives the ${member} no token: ${reply?.text.slice(0, 200)}`)
      }
    }
  }

  tokenOf(member: Member): string | undefined {
    return this.#tokens.get(member)
  }

  /**
   * Make the request of a case.
   *
   * @throws NoAnswerError
   * @throws UnreachableError before anything was answered, and when the server is gone
   */
  async send(one: ConformanceCase, places: Record<string, unknown>): Promise<Reply> {
    const token = one.by === null ? undefined : this.#tokens.get(one.by ?? 'merchant')
    try {
      const reply = await send(this.baseUrl, toRequest(one, token, places))
      this.#unanswered = 0
      return reply
    } catch (error) {
      this.#unanswered += 1
      const isLost = this.#unanswered >= UNANSWERED_MAX && !(await this.#isThere())
      if (this.#tokens.size === 0 || isLost)
        throw new UnreachableError(`${this.baseUrl} does not answer: ${toMessage(error)}`)
      throw new NoAnswerError(`no answer: ${toMessage(error)}`)
    }
  }

  async #isThere(): Promise<boolean> {
    const anything = toRequest({ name: '', call: tokens.stableToken, by: null, request: {} }, undefined, {})
    return await send(this.baseUrl, anything).then(
      () => true,
      () => false,
    )
  }

  /** What a call answers to a member, without Shake Nearby's `data` around it; undefined when it is refused or not answered. */
  async ask(call: Call, request: unknown, more: Partial<ConformanceCase> = {}): Promise<unknown> {
    const json = (await this.#sendOnce({ name: '', call, request, ...more }))?.json
    if (!isObject(json) || json.errcode) return undefined
    return call.family === 'shakearound' ? json.data : json
  }

  async #sendOnce(one: ConformanceCase): Promise<Reply | undefined> {
    return await this.send(one, {}).catch((error: unknown) => {
      if (error instanceof NoAnswerError) return undefined
      throw error
    })
  }

  /** Decide whatever a member has under review, as staff; what can no longer be approved is rejected. */
  async decideAll(member: Member, move: Move): Promise<void> {
    const appid = this.members.get(member)?.appid
    if (!this.api || !appid) return
    const { items } = await this.api.listApplications({ query: { appid, state: 'under_review' } })
    for (const { id } of items) {
      await this.#decide(id, move).catch((error: unknown) => {
        if (!(error instanceof ApiProblem) || move === 'reject') throw error
        return this.#decide(id, 'reject')
      })
    }
  }

  async #decide(id: string, move: Move): Promise<void> {
    const found = await this.api?.getApplication({ params: { id } })
    const reason = move === 'reject' ? '证件不清晰' : ''
    await this.api?.decideApplication({ params: { id }, version: found?.version, body: { move, reason } })
  }
}

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))
