import type { AnswerOf, Call } from '@shenpi/sdk/contract/call'

/** One request and what the wire says to it. */
export interface WireCase<C extends Call = Call> {
  /** A sentence about behaviour. */
  name: string
  call: C
  /** The body; a text goes out as it stands. */
  request: unknown
  /** Arguments beside the access token. */
  query?: string
  /** The refusal, or what the answer holds among other things. */
  errcode?: number
  answer?: Partial<AnswerOf<C>>
}
