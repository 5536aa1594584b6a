import assert from 'node:assert/strict'
import type { WireReply } from '../wire/exchange.ts'
import type { Connection } from './connection.ts'
import type { LoopWatch } from './loop-watch.ts'
import type { Outgoing } from './mutation.ts'
import { type Plan, writePlan } from './plan.ts'
import type { World } from './world.ts'

/** A request with a forbidden answer. */
export class Failure extends Error {
  readonly plan: Plan
  readonly outgoing: Outgoing
  readonly reply: WireReply | undefined

  constructor(plan: Plan, outgoing: Outgoing, reply: WireReply | undefined, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.plan = plan
    this.outgoing = outgoing
    this.reply = reply
  }
}

const HEAD_TOO_LARGE = 431
/** What URL and headers may hold, less what stands between them. Source: docs/protocol/conventions.md, body limits. */
const HEAD_MAX_BYTES = 15 * 1024

const headSize = ({ path, query, headers }: Outgoing): number => (path + query + JSON.stringify(headers)).length

/**
 * Send a request and judge its answer.
 *
 * @param watch is told while it is under way
 *
 * @returns `ok`, or what it was refused with
 * @throws Failure
 */
export async function attempt(world: World, connection: Connection, plan: Plan, watch?: LoopWatch): Promise<string> {
  const caller = world.caller(plan.caller)
  const { outgoing, isElsewhere } = writePlan(world, plan, caller)
  let reply: WireReply | undefined
  try {
    const ask = () => connection.ask(outgoing)
    reply = await (watch ? watch.during({ plan, outgoing }, ask) : ask())
    if (reply.status === HEAD_TOO_LARGE) {
      assert.ok(headSize(outgoing) > HEAD_MAX_BYTES, 'its head is not too large')
      return 'head too large'
    }
    return plan.target.judge(world, reply, { isValid: plan.mutations.length === 0, isElsewhere, caller })
  } catch (error) {
    throw new Failure(plan, outgoing, reply, error)
  }
}
