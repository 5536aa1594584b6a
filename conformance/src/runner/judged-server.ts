import { type ApiClient, ApiProblem, createApiClient } from '@shenpi/sdk/client'
import type { Call } from '@shenpi/sdk/contract/call'
import type { Move } from '@shenpi/sdk/contract/states'
import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import type { ConformanceCase } from '../case.ts'
import { type Reply, send } from '../judge/send.ts'
import { toRequest } from '../judge/to-request.ts'
import type { Member } from '../world/world.ts'
import type { Credentials, Options } from './options.ts'

/** Nobody answers, or not with the wire: there is nothing to judge. */
export class UnreachableError extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: whatever a stranger's server answers
type Answer = any

/** The server that is judged, as its accounts and its staff call it. */
export class JudgedServer {
  readonly baseUrl: string
  readonly members: ReadonlyMap<Member, Credentials>
  readonly api: ApiClient | undefined
  readonly #tokens = new Map<Member, string>()

  constructor({ baseUrl, members, apiKey }: Options) {
    this.baseUrl = baseUrl
    this.members = members
    this.api = apiKey ? createApiClient({ url: baseUrl, key: apiKey }) : undefined
  }

  /**
   * Get a stable token for each account, which ends no other: a case may have ended the one before.
   *
   * @throws UnreachableError
   */
  async connect(): Promise<void> {
    for (const [member, { appid, secret }] of this.members) {
      const request = { grant_type: 'client_credential', appid, secret }
      const { json, text }: Reply & { json: Answer } = await this.send(
        { name: '', call: tokens.stableToken, by: null, request },
        {},
      )
      const isExpected = json?.access_token || ['frozen', 'secretFrozen'].includes(member)
      if (!isExpected) throw new UnreachableError(`${this.baseUrl} gives the ${member} no token: ${text.slice(0, 200)}`)
      this.#tokens.set(member, json.access_token ?? '')
    }
  }

  tokenOf(member: Member): string | undefined {
    return this.#tokens.get(member)
  }

  /** Make the request of a case. @throws UnreachableError */
  async send(one: ConformanceCase, places: Record<string, unknown>): Promise<Reply> {
    const token = one.by === null ? undefined : this.#tokens.get(one.by ?? 'merchant')
    try {
      return await send(this.baseUrl, toRequest(one, token, places))
    } catch (error) {
      throw new UnreachableError(`${this.baseUrl} does not answer: ${error instanceof Error ? error.message : error}`)
    }
  }

  /** What a call answers to a member, without Shake Nearby's `data` around it; undefined when it is refused. */
  async ask(call: Call, request: unknown, more: Partial<ConformanceCase> = {}): Promise<Answer> {
    const { json }: { json: Answer } = await this.send({ name: '', call, request, ...more }, {})
    if (!json || json.errcode) return undefined
    return call.family === 'shakearound' ? json.data : json
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
