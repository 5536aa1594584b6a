import type { Static, TObject, TSchema } from '@sinclair/typebox'
import type { ProblemCode } from './problems.ts'
import { Type } from './schema.ts'

/** How a family wraps its answers. Source: docs/protocol/conventions.md, envelopes. */
export type Family = 'shakearound' | 'shakearound_list' | 'lottery' | 'shop' | 'token'

/** A call of the wire: everything that server, tests and documents need to know of it, stated once. */
export interface Call<
  Request extends TObject = TObject,
  Answer extends TSchema = TSchema,
  Part extends string = string,
> {
  path: string
  /** What it does, in a line. */
  summary: string
  methods: readonly ('GET' | 'POST')[]
  family: Family
  /** Called with an access token in the query. */
  authorized: boolean
  /** The account must have Shake Nearby open. */
  activated?: boolean
  /** The account must have the shop component open. */
  connected?: boolean
  /**
   * `none`: nothing is read. `query`: the arguments stand in the query. `arguments`: in the query, in a JSON body or in
   * both. `upload`: multipart, up to 10 MB.
   */
  body: 'json' | 'upload' | 'arguments' | 'query' | 'none'
  /** Of a call by JSON: members that stand in the query, beside the body. */
  queried?: readonly string[]
  /** Of an upload: the name of its file's part, and where a client writes the other arguments. */
  upload?: { part?: Part; arguments: 'query' | 'form' }
  /** Sent twice it does no more than sent once: a client may repeat it without knowing whether it arrived. */
  safe?: true
  /** How often an account may make it, where that is documented for it. */
  rate?: { daily: number; minute: number }
  /** Not counted, as it is how a quota is read and reset. */
  uncounted?: boolean
  request: Request
  /** The members beside `errcode` and `errmsg`; for Shake Nearby the content of `data`. */
  answer: Answer
  /** What it can refuse besides what any call can. */
  problems: readonly ProblemCode[]
}

/** What a client needs of a call to make it; its shapes it needs as types alone. */
export type WireCall = Omit<Call, 'summary' | 'request' | 'answer'>

export type RequestOf<C extends Call> = Static<C['request']>
export type AnswerOf<C extends Call> = Static<C['answer']>

export function call<Request extends TObject, Answer extends TSchema, const Part extends string = never>(
  definition: Call<Request, Answer, Part>,
): Call<Request, Answer, Part> {
  return definition
}

/**
 * Schema options of the contract: which problem a value that does not fit is answered with. The deepest schema on the
 * way to the fault that names one wins; `missing` is for a required member that is not there, `above` for a number, a list
 * or a text that is larger than it may be.
 */
export type Refusal = {
  problem?: ProblemCode
  missing?: ProblemCode
  above?: ProblemCode
}

export const refusal = (
  problem: ProblemCode,
  missing: ProblemCode = problem,
  above: ProblemCode = problem,
): Refusal => ({
  problem,
  missing,
  above,
})

/** Schema options of the contract: what else than its type a member may be sent as. */
export type Leniency = {
  /** One item alone stands for a list of one. */
  oneForList?: boolean
  /** An empty text stands for an absent member. */
  emptyForAbsent?: boolean
  /** Blanks around a text do not belong to it. */
  trimmed?: boolean
  /** What a client in use calls the member. */
  otherName?: string
}

/** A whole number that JavaScript holds exactly. */
export const wholeNumber = (options: Record<string, unknown> = {}) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, ...options })

export const Nothing = Type.Object({})
