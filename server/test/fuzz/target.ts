import type fc from 'fast-check'
import type { WireReply } from '../wire/exchange.ts'
import type { Outgoing } from './mutation.ts'
import type { Caller, World } from './world.ts'

/** The ways in which clients write the same request: they must make no difference. */
export interface Manner {
  /** Content-Type of a JSON body; undefined sends none. */
  type: string | undefined
  spelling: 'plain' | 'escaped slashes' | 'indented' | 'only ASCII'
  /** Before the other arguments of the query, or behind them. */
  tokenFirst: boolean
  /** Of a call that reads both: where its arguments stand. */
  inQuery: boolean
}

/** A call, how the fuzz requests it and how it judges the answers. */
export interface Target {
  name: string
  /** How often it is called, in proportion to the others. */
  weight: number
  /** Valid requests. */
  request: fc.Arbitrary<unknown>
  /** A request with resolved references, as it is sent. */
  write(request: unknown, manner: Manner, caller: Caller, world: World): Outgoing
  /**
   * Compare an answer with everything that must hold for it.
   *
   * @param isValid no mutation has changed the request
   * @returns `ok`, or what it was refused with
   * @throws AssertionError
   */
  judge(world: World, reply: WireReply, asked: Asked): string
}

export interface Asked {
  isValid: boolean
  /** It may have reached another call, or none. */
  isElsewhere: boolean
  caller: Caller
}
