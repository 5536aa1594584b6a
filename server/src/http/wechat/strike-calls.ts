import type { Call } from '@shenpi/sdk/contract/call'
import { FAULT_HEADER } from '@shenpi/sdk/contract/fault-limits'
import { PROBLEMS } from '@shenpi/sdk/contract/problems'
import type { FaultPlace } from '@shenpi/sdk/contract/states'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../accounts/caller-cache.ts'
import { CallFaults } from '../../sandbox/faults/call-faults.ts'
import type { CommitWatch } from '../../sandbox/faults/commit-watch.ts'
import { DelayRoom } from '../../sandbox/faults/delay-room.ts'
import { EVERY_ACCOUNT, type Fault } from '../../sandbox/faults/fault.ts'
import type { FaultRules, Strike } from '../../sandbox/faults/fault-rules.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import type { Services } from '../../services.ts'
import { keepRequest } from './keep-request.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The faults that it may meet: in a sandbox that has some. */
    faults: CallFaults | undefined
    /** The rules of faults that made its answer what it is, or `header`. */
    injectedBy: string | undefined
  }
}

/** What answers a call: the checks of its body, its handler, its envelope. */
export type AnswerCall = (request: FastifyRequest, reply: FastifyReply) => Promise<string>

/** A call, and what it may meet. */
interface StruckCall {
  call: Call
  faults: CallFaults
}

/** What only a call with a token can be refused with. */
const OF_TOKENS: ReadonlySet<number | undefined> = new Set(
  (['token.missing', 'token.invalid', 'token.expired'] as const).map((code) => PROBLEMS[code].errcode),
)

/** A change that a fault undoes right before its commit. */
class UndoneByFault extends Error {
  readonly strikes: readonly Strike[]

  constructor(strikes: readonly Strike[]) {
    super('a fault undoes the change')
    this.strikes = strikes
  }
}

const readAsked = async (words: string): Promise<Fault> =>
  (await import('../../sandbox/faults/compact-fault.ts')).readCompactFault(words)

/** How the faults of a sandbox come into the way of calls. Source: docs/decisions/0042-faults.md. */
export class CallStrikes {
  readonly #services: Services
  readonly #rules: FaultRules
  readonly #room = new DelayRoom()
  readonly #commits: CommitWatch

  constructor(app: FastifyInstance, services: Services, { faults, commits }: Sandbox) {
    this.#services = services
    this.#rules = faults
    this.#commits = commits
    app.decorateRequest('faults', undefined)
    app.decorateRequest('injectedBy', undefined)
  }

  /**
   * Strike a call before anything of it is looked at.
   *
   * @returns whether it is answered
   * @throws Problem `fault.malformed`, and what a fault refuses it with
   */
  async before(call: Call, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const asked = request.headers[FAULT_HEADER.toLowerCase()]
    await this.#rules.load()
    if (asked === undefined && this.#rules.isEmpty) return false
    const fault = asked === undefined ? undefined : await readAsked(String(asked))
    const faults = new CallFaults(this.#rules, call.path, fault)
    request.faults = faults
    const { findCallerUnchecked } = await import('./find-caller-unchecked.ts')
    const caller = await findCallerUnchecked(this.#services, call, request)
    const strikes = this.#take({ call, faults }, 'before_checks', caller)
    if (strikes.some(({ effect }) => effect.type !== 'delay')) {
      // It is kept as the caller's, and goes no further.
      request.caller = caller
      request.isStranger = !call.authorized
    }
    return await this.#strike(strikes, { call, request, reply, text: '', caller })
  }

  /** Answer a call, with what strikes it on the way. */
  async answer(call: Call, request: FastifyRequest, reply: FastifyReply, answerCall: AnswerCall): Promise<unknown> {
    // Whose a call without a token is stands in its body.
    if (!call.authorized && (await this.before(call, request, reply))) return reply
    const { faults } = request
    if (!faults) return this.#keepWentWell(request, reply, await answerCall(request, reply))
    let text = ''
    let strikes: readonly Strike[]
    try {
      text = await this.#undoing({ call, faults }, request, () => answerCall(request, reply))
      strikes = this.#take({ call, faults }, 'after_commit', request.caller)
    } catch (error) {
      if (!(error instanceof UndoneByFault)) throw error
      ;({ strikes } = error)
      request.outcomeBy = undefined
    }
    if (await this.#strike(strikes, { call, request, reply, text, caller: request.caller })) return reply
    return this.#keepWentWell(request, reply, text)
  }

  /** Of a call that changes nothing there is nothing to undo: it is struck when it would be answered. */
  async #undoing(struck: StruckCall, request: FastifyRequest, work: () => Promise<string>): Promise<string> {
    let isDecided = false
    const undo = () => {
      if (isDecided) return
      isDecided = true
      const strikes = this.#take(struck, 'before_commit', request.caller)
      if (strikes.length > 0) throw new UndoneByFault(strikes)
    }
    const text = await this.#commits.run(undo, work)
    undo()
    return text
  }

  #take({ call, faults }: StruckCall, where: FaultPlace, caller: Caller | undefined): Strike[] {
    const accountId = caller?.account.accountId
    const hasRoom = this.#room.hasPlace(accountId ?? EVERY_ACCOUNT)
    return faults.take(where, accountId, ({ effect: { type, errcode } }) => {
      if (type === 'delay' || type === 'slow') return hasRoom
      return call.authorized || !OF_TOKENS.has(errcode)
    })
  }

  /** @returns whether the call is answered */
  async #strike(
    strikes: readonly Strike[],
    answer: { call: Call; request: FastifyRequest; reply: FastifyReply; text: string; caller: Caller | undefined },
  ): Promise<boolean> {
    const { request, reply, caller } = answer
    const { socket } = request.raw
    const pause = (ms: number) => this.#room.wait(caller?.account.accountId ?? EVERY_ACCOUNT, ms, socket)
    for (const { injectedBy, effect, delayMs } of strikes) {
      request.injectedBy = request.injectedBy ? `${request.injectedBy}, ${injectedBy}` : injectedBy
      if (effect.type === 'delay') {
        await pause(delayMs)
        continue
      }
      request.check = undefined
      const keep = (sent: string) =>
        void keepRequest(this.#services, request, reply, { wentWell: false, write: () => sent })
      const { strikeAnswer } = await import('./strike-answer.ts')
      strikeAnswer(effect, { ...answer, keep, pause })
      return true
    }
    return false
  }

  #keepWentWell(request: FastifyRequest, reply: FastifyReply, text: string): string {
    if (!this.#services.requests.keepsWentWell) return text
    return keepRequest(this.#services, request, reply, { wentWell: true, write: () => text })
  }
}
