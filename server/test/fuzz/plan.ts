import fc from 'fast-check'
import { API_TARGETS } from './api-target.ts'
import type { Mutation, Outgoing } from './mutation.ts'
import { fill } from './reference.ts'
import { requestMutations } from './request-mutations.ts'
import type { Manner, Target } from './target.ts'
import { valueMutations } from './value-mutations.ts'
import { WIRE_TARGETS } from './wire-target.ts'
import { type Caller, NEWCOMERS, SETTLED, type World } from './world.ts'

export const TARGETS: readonly Target[] = [...WIRE_TARGETS, ...API_TARGETS]

/** A generated request, before its references are resolved. */
export interface Plan {
  target: Target
  /** Which account asks. */
  caller: number
  request: unknown
  manner: Manner
  mutations: readonly Mutation[]
}

const callers = fc.oneof(
  { weight: 5, arbitrary: fc.nat(SETTLED - 1) },
  { weight: 1, arbitrary: fc.integer({ min: SETTLED, max: SETTLED + NEWCOMERS - 1 }) },
)

const manners: fc.Arbitrary<Manner> = fc.record({
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain',
    undefined,
  ),
  spelling: fc.constantFrom('plain', 'escaped slashes', 'indented', 'only ASCII'),
  tokenFirst: fc.boolean(),
  inQuery: fc.boolean(),
})

const anyMutation = fc.oneof({ weight: 2, arbitrary: valueMutations }, { weight: 1, arbitrary: requestMutations })
const mutations = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.array(anyMutation, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(anyMutation, { minLength: 2, maxLength: 3 }) },
)

/** Requests to each of them, half of them mutated. */
export const plansOf = (targets: readonly Target[]): fc.Arbitrary<Plan> =>
  fc.oneof(
    ...targets.map((target) => ({
      weight: target.weight,
      arbitrary: fc.record({
        target: fc.constant(target),
        caller: callers,
        request: target.request,
        manner: manners,
        mutations,
      }),
    })),
  )

/** The request as it is sent now, with its mutations in the order in which a client would make them. */
export function writePlan(world: World, plan: Plan, caller: Caller): { outgoing: Outgoing; isElsewhere: boolean } {
  const { target, manner, mutations } = plan
  let value = fill(plan.request, (reference) => world.find(reference, caller))
  for (const mutation of mutations) if (mutation.in === 'value') value = mutation.change(value)
  const written = target.write(value, manner, caller, world)
  let outgoing = written
  for (const mutation of mutations)
    if (mutation.in === 'body') outgoing = { ...outgoing, body: mutation.change(outgoing.body) }
  for (const mutation of mutations) if (mutation.in === 'request') outgoing = mutation.change(outgoing)
  return { outgoing, isElsewhere: outgoing.path !== written.path || outgoing.method !== written.method }
}
