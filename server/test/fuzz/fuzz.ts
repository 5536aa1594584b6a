import fc from 'fast-check'
import type { DatabaseKind } from '../databases.ts'
import { attempt, Failure } from './attempt.ts'
import { Connection } from './connection.ts'
import { describeErrors, describeFailure, describeHolder } from './failure.ts'
import { LoopWatch } from './loop-watch.ts'
import { type Plan, plansOf, TARGETS } from './plan.ts'
import { Tally } from './tally.ts'
import type { Target } from './target.ts'
import { openWorld, type World } from './world.ts'

/** Connections at once, each of which sends one request after another. */
const CONNECTIONS = 8
/** Requests on each connection between two turns of the world. */
const PER_TURN = 125
/** The most requests that are sent to make a failing one smaller. */
const SHRINKING_MAX = 300

export interface FuzzOptions {
  requests: number
  /** All that is generated follows from the seed. */
  seed: number
  /** Default: all but the powers of a sandbox. */
  targets?: readonly Target[]
  /** Told now and then how many requests were answered. */
  onProgress?: (answered: number) => void
}

export interface FuzzReport {
  tally: Tally
  durationMs: number
  /** In words, with the request; undefined when there was none. */
  failure: string | undefined
}

/** Send generated requests to a new server, until one gets a forbidden answer or holds the event loop too long. */
export async function fuzz(
  kind: DatabaseKind,
  { requests, seed, targets = TARGETS, onProgress }: FuzzOptions,
): Promise<FuzzReport> {
  await using world = await openWorld(kind)
  using watch = new LoopWatch()
  using alone = new Connection(world.server.url)
  const tally = new Tally(targets)
  const plans = plansOf(targets)
  const startedAt = performance.now()
  let failure: string | undefined
  for (let turn = 0; tally.answered < requests && !failure; turn += 1) {
    // A sandbox's powers take away what a turn is about.
    if (targets === TARGETS || turn === 0) await world.turn(turn)
    const numRuns = Math.min(PER_TURN, Math.ceil((requests - tally.answered) / CONNECTIONS))
    const lanes = Array.from({ length: CONNECTIONS }, (_, lane) =>
      runLane(
        { world, watch, tally, plans },
        { seed: Math.imul(seed, 1_000_003) + turn * CONNECTIONS + lane, numRuns },
      ),
    )
    const found = (await Promise.all(lanes)).find((one) => one !== undefined)
    if (found) failure = await describeFailure(kind, world, found)
    else if (world.errors.length > 0) failure = describeErrors(world)
    else failure = describeHolder(kind, await watch.findHolder(alone))
    if (failure) failure += `\n\nAgain: npm run fuzz -- --seed ${seed} --database ${kind.name}`
    onProgress?.(tally.answered)
  }
  return { tally, durationMs: performance.now() - startedAt, failure }
}

interface Lane {
  world: World
  watch: LoopWatch
  tally: Tally
  plans: fc.Arbitrary<Plan>
}

/** @returns the smallest request that was found to fail */
async function runLane({ world, watch, tally, plans }: Lane, parameters: { seed: number; numRuns: number }) {
  using connection = new Connection(world.server.url)
  let smallest: Failure | undefined
  let shrinking = 0
  const property = fc.asyncProperty(plans, async (plan) => {
    if (smallest) shrinking += 1
    if (shrinking > SHRINKING_MAX) return
    try {
      const outcome = await attempt(world, connection, plan, watch)
      if (!smallest) tally.count(plan.target, outcome, { isValid: plan.mutations.length === 0 })
    } catch (error) {
      if (error instanceof Failure) smallest = error
      throw error
    }
  })
  const details = await fc.check(property, parameters)
  if (details.failed && !smallest) throw details.errorInstance
  return smallest
}
