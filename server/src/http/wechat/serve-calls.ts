import type { AnswerOf, Call, RequestOf } from '@shenpi/sdk/contract/call'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { RequestCheck } from '@shenpi/sdk/contract/states'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Account, assertNotFrozen } from '../../accounts/account.ts'
import type { AccountLimits } from '../../accounts/account-limits.ts'
import type { Caller, KnownToken } from '../../accounts/caller-cache.ts'
import { requireListed } from '../../accounts/ip-list.ts'
import { isActivated } from '../../activations/account-activation.kind.ts'
import type { Review } from '../../applications/review.ts'
import type { Gate } from '../../jobs/gate.ts'
import type { PictureFile } from '../../pictures/inspect-upload.ts'
import { Problem } from '../../problem.ts'
import { type CallRates, ratesFor, ratesOf } from '../../quotas/call-rates.ts'
import type { Services } from '../../services.ts'
import { assertShopOpen } from '../../shop-access/shop-access.store.ts'
import { authenticate } from '../../tokens/authenticate.ts'
import { authorize } from '../../tokens/authorize.ts'
import { ARGUMENTS_MAX_BYTES, BODY_MAX_BYTES, UPLOAD_MAX_BYTES } from '../body-limits.ts'
import { parse } from '../contract.ts'
import { toAnswer } from './envelope.ts'
import { readBody } from './read-body.ts'
import { reviewOf } from './review-of.ts'
import type { AnswerCall, CallStrikes } from './strike-calls.ts'
import { tokenIn } from './token-in.ts'

/** A call as its handler sees it: who asks, and what. */
export interface WireRequest<C extends Call> {
  /** The caller. A call without a token has none before it authenticates: looking throws. */
  readonly account: Account
  /** The caller's. */
  readonly limits: AccountLimits
  /** The account behind the credentials of a call without a token. */
  authenticate: (credentials: { appid: string; secret: string }) => Promise<Account>
  /** What links in the answer begin with. */
  publicUrl: () => string
  /** What submits an application or asks about one: in a sandbox the request may say what becomes of it. */
  reviewed: (review: Review) => Review
  body: RequestOf<C>
  file: PictureFile | undefined
}

export type ServeCall = <C extends Call>(call: C, handle: (request: WireRequest<C>) => Promise<AnswerOf<C>>) => void

/** A call that is served, and how often an account without limits of its own may make it. */
export interface ServedCall {
  call: Call
  rates: CallRates
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The account behind the call's access token or secret, as soon as it is known. */
    caller: Caller | undefined
    /** Whether it only says that it is the caller's: an appid is no secret. */
    isStranger: boolean
    /** The check that it is at, for its explanation. A request that no call serves has none. */
    check: RequestCheck | undefined
    /** Of a sandbox: what gave the application an outcome that it submitted or asked about. */
    outcomeBy: string | undefined
    /** The Content-Type as it was sent; the body is read by the contract, whatever it says. */
    sentType: string | undefined
    /** Of a sandbox: how often another state had taken the place of the one before, when the caller was admitted. */
    admittedIn: number
  }
}

/**
 * The way of every call of the wire, in one fixed order: path and method (the router), scheme, token, address, whether the account
 * may call this, quota, body, contract; then its handler. Who has no token says in the body who it is; its address and
 * quota are checked then.
 *
 * @param served is told of every call
 * @param strikes what a sandbox does to calls on purpose
 */
export function serveCalls(
  app: FastifyInstance,
  services: Services,
  served: Map<string, ServedCall>,
  strikes?: CallStrikes,
): ServeCall {
  app.decorateRequest('caller', undefined)
  app.decorateRequest('isStranger', false)
  app.decorateRequest('check', undefined)
  app.decorateRequest('outcomeBy', undefined)
  app.decorateRequest('sentType', undefined)
  app.decorateRequest('admittedIn', 0)
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  const sandbox = services.config.mode === 'sandbox'
  const gate = services.sandbox?.gate

  return (call, handle) => {
    const known = { call, rates: ratesOf(call, services.config.rates) }
    served.set(call.path, known)
    const answerCall: AnswerCall = async (request, reply) => {
      const { body, file } = await readBody(call, request, sandbox)
      request.check = 'contract'
      const parsed = await parse(call.request, body, unnamedProblem(call))
      request.check = 'rule'
      const answer = await handle(
        new HandledRequest(request, {
          authenticate: (credentials) => admitWithoutToken(services, known, request, credentials),
          publicUrl: () => services.publicUrl(request),
          reviewed: (review) => reviewOf(review, request),
          body: parsed,
          file,
        }),
      )
      reply.header('content-type', 'application/json; charset=utf-8')
      return JSON.stringify(toAnswer(call.family, answer))
    }

    /** In a sandbox: whoever was admitted before another state came is looked up anew. */
    const answerInGate =
      (gate: Gate): AnswerCall =>
      (request, reply) =>
        gate.run('request', undefined, async () => {
          if (request.admittedIn !== gate.exchangesOfAll) {
            request.admittedIn = gate.exchangesOfAll
            request.caller = undefined
            if (call.authorized) await admit(services, known, request)
          }
          return await answerCall(request, reply)
        })
    const answerHere = gate ? answerInGate(gate) : answerCall

    for (const method of call.methods) {
      app.route({
        method,
        url: call.path,
        bodyLimit: bodyLimitOf(call),
        onRequest: async (request, reply) => {
          request.sentType = request.headers['content-type']
          request.headers['content-type'] = undefined
          if (gate) request.admittedIn = gate.exchangesOfAll
          if (strikes && call.authorized && (await strikes.before(call, request, reply))) return reply
          // By the connection, or by what a proxy of TRUST_PROXY says of its own.
          request.check = 'scheme'
          if (services.config.requireHttps && request.protocol !== 'https') throw new Problem('scheme.not_https')
          if (call.authorized) await admit(services, known, request)
          request.check = 'body'
        },
        handler: strikes ? (request, reply) => strikes.answer(call, request, reply, answerHere) : answerHere,
      })
    }
  }
}

/** A class, since a literal with getters costs every call of the wire several microseconds. */
class HandledRequest<C extends Call> implements WireRequest<C> {
  readonly #request: FastifyRequest
  readonly authenticate: WireRequest<C>['authenticate']
  readonly publicUrl: () => string
  readonly reviewed: WireRequest<C>['reviewed']
  readonly body: RequestOf<C>
  readonly file: PictureFile | undefined

  constructor(request: FastifyRequest, of: Omit<WireRequest<C>, 'account' | 'limits'>) {
    this.#request = request
    this.authenticate = of.authenticate
    this.publicUrl = of.publicUrl
    this.reviewed = of.reviewed
    this.body = of.body
    this.file = of.file
  }

  get account(): Account {
    return callerOf(this.#request).account
  }

  get limits(): AccountLimits {
    return callerOf(this.#request).limits
  }
}

async function admit(services: Services, { call, rates }: ServedCall, request: FastifyRequest): Promise<void> {
  request.check = 'token'
  const caller = await authorize(services.issuer, tokenIn(request.query))
  request.caller = caller
  request.check = 'address'
  requireListed(caller.limits.ipList, request)
  request.check = 'account'
  assertNotFrozen(caller.account)
  await requireOpen(services, call, caller)
  request.check = 'quota'
  if (!call.uncounted) await services.usage.take(caller.account.accountId, call.path, ratesFor(caller.limits, rates))
}

function callerOf({ caller, url }: FastifyRequest): Caller {
  if (!caller) throw new Error(`the caller of ${url.split('?')[0]} is not known yet`)
  return caller
}

/** Refuse a call that is not open for the account. What is open is kept with the token; what is not is read again each time. */
async function requireOpen({ db }: Services, call: Call, caller: KnownToken): Promise<void> {
  const { accountId } = caller.account
  if (call.activated && !caller.activated) {
    caller.activated = await isActivated(db, accountId)
    if (!caller.activated) throw new Problem('account.not_activated')
  }
  if (call.connected && !caller.connected) {
    await assertShopOpen(db, accountId)
    caller.connected = true
  }
}

async function admitWithoutToken(
  { db, usage, secretTries }: Services,
  { call, rates }: ServedCall,
  request: FastifyRequest,
  credentials: { appid: string; secret: string },
): Promise<Account> {
  const admitCaller = (caller: Caller) => {
    request.caller = caller
    request.isStranger = true
    request.check = 'address'
    requireListed(caller.limits.ipList, request)
    request.check = 'secret'
    secretTries.admit(caller.account.accountId, request.ip)
  }
  request.check = 'appid'
  const { account, limits } = await authenticate(db, credentials, admitCaller, (caller, isRight) => {
    request.isStranger = !isRight
    secretTries.count(caller.account.accountId, request.ip, isRight)
  })
  request.check = 'quota'
  // After the secret, so that a stranger who knows the appid consumes no quota.
  if (!call.uncounted) await usage.take(account.accountId, call.path, ratesFor(limits, rates))
  request.check = 'rule'
  return account
}

function bodyLimitOf({ body, authorized }: Call): number {
  if (body === 'upload') return UPLOAD_MAX_BYTES
  return body === 'arguments' || !authorized ? ARGUMENTS_MAX_BYTES : BODY_MAX_BYTES
}

/** What a request is refused with where it does not fit and its schema names no problem. */
export const unnamedProblem = ({ family }: Call): ProblemCode =>
  family === 'shakearound' ? 'shake.request_invalid' : 'shop.parameter_invalid'
