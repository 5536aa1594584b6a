import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Page, paging, STRICT } from '../endpoint.ts'
import { DELAY_MAX_MS } from '../fault-limits.ts'
import { OneOf, Type } from '../schema.ts'
import { ANSWER_EFFECTS, CALLBACK_EFFECTS, FAULT_PLACES } from '../states.ts'

const Count = (description: string) => Type.Integer({ minimum: 1, maximum: 1_000_000, description })

const Match = Type.Object(
  {
    appid: Type.Optional(byAppid.properties.appid),
    paths: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        minItems: 1,
        maxItems: 50,
        description: 'Calls of the wire, like `/shop/audit/result`. Left out: every call.',
      }),
    ),
    events: Type.Optional(
      Type.Array(Type.String({ pattern: '^\\w{1,64}$' }), {
        minItems: 1,
        maxItems: 50,
        description: 'Events of callbacks. Left out: every event.',
      }),
    ),
    skip: Type.Optional(Count('So many that match are let through first.')),
    next: Type.Optional(Count('Only so many that match are looked at behind those.')),
    share: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'Of those that are looked at. It is drawn: with `SANDBOX_SEED` the same ones each time.',
      }),
    ),
  },
  { ...STRICT, description: 'Which calls or callbacks. Nothing: all of them, of every account.' },
)

const Effect = Type.Object(
  {
    type: OneOf([...ANSWER_EFFECTS, ...CALLBACK_EFFECTS]),
    errcode: Type.Optional(Type.Integer({ description: '`errcode`: one of the catalogue, with its text.' })),
    status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599, description: '`http_status`.' })),
    ms: Type.Optional(
      Type.Integer({ minimum: 1, maximum: DELAY_MAX_MS, description: '`delay`: of the machine’s time.' }),
    ),
    sigma: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 3, description: '`delay`: log-normal, with `ms` as its median.' }),
    ),
    bytes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: '`cut`, `truncate`, `callback_truncate`: so many of the body are sent.',
      }),
    ),
    bytes_per_second: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: '`slow`.' })),
    seconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 30 * 86_400,
        description: '`callback_delay`, `callback_reorder`, `callback_stale_timestamp`: of the account’s time.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'What happens. Which members belong to which type: docs/sandbox-faults.md.',
  },
)

const Place = OneOf(FAULT_PLACES, {
  description:
    'Where it strikes a call: before anything was looked at, with its change undone, or with its change made.',
})

const Fault = Type.Object({
  name: Type.String(),
  scenario: Nullable(Type.String({ description: 'Of which it was made.' })),
  match: Match,
  effect: Effect,
  where: Nullable(Place),
  times: Nullable(Type.Integer()),
  ends_at: Type.String({ format: 'date-time', description: 'ISO 8601, UTC. By the machine’s clock.' }),
  active: Type.Boolean({
    description: 'Whether it may still strike: not after its end, nor when it has struck `times`.',
  }),
  seen: Type.Integer({ description: 'Calls or callbacks that matched.' }),
  hits: Type.Integer({ description: 'How often it struck.' }),
})

const FaultChange = Type.Object(
  {
    scenario: Type.Optional(
      Type.String({ maxLength: 64, description: 'One of `GET /sandbox/scenarios`, instead of `effect`.' }),
    ),
    match: Type.Optional(Match),
    effect: Type.Optional(Effect),
    where: Type.Optional(Place),
    times: Type.Optional(Count('It strikes so often and then no more.')),
    ends_at: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'ISO 8601, UTC. By the machine’s clock, in seven days at most. Left out: in an hour.',
      }),
    ),
  },
  STRICT,
)

const Scenario = Type.Object({
  name: Type.String(),
  match: Match,
  effect: Effect,
  where: Nullable(Place),
  times: Nullable(Type.Integer()),
  happens: Type.String({ description: 'What happens, in a sentence.' }),
  handled: Type.String({ description: 'What a good client or receiver does then.' }),
})

const FaultName = Type.String({
  // A request's own fault is known by that name.
  pattern: '^(?!header$)[a-z0-9][a-z0-9-]{0,39}$',
  description: 'Lower-case letters, digits and hyphens; but header.',
})

const byName = Type.Object({ name: FaultName })
const ofAccount = { appid: Type.Optional(byAppid.properties.appid) }

export const sandboxFaultEndpoints = {
  listFaults: endpoint({
    method: 'GET',
    path: '/sandbox/faults',
    access: 'sandbox.read',
    summary: 'List the rules of faults, those for all accounts first, with how often each struck (sandbox)',
    query: Type.Object({ ...paging, ...ofAccount }, STRICT),
    answer: Page(Fault),
    problems: ['account.unknown'],
  }),
  deleteFaults: endpoint({
    method: 'DELETE',
    path: '/sandbox/faults',
    access: 'sandbox.control',
    summary: 'Take away every rule of faults, or those of one account (sandbox)',
    query: Type.Object(ofAccount, STRICT),
    answer: Type.Object({ deleted: Type.Integer() }),
    problems: ['account.unknown'],
  }),
  getFault: endpoint({
    method: 'GET',
    path: '/sandbox/faults/{name}',
    access: 'sandbox.read',
    summary: 'Read a rule of faults, with how often it struck (sandbox)',
    params: byName,
    query: Type.Object(ofAccount, STRICT),
    answer: Fault,
    problems: ['account.unknown', 'fault.unknown'],
  }),
  setFault: endpoint({
    method: 'PUT',
    path: '/sandbox/faults/{name}',
    access: 'sandbox.control',
    summary: 'Set a rule of faults; one of that name begins anew (sandbox)',
    params: byName,
    body: FaultChange,
    answer: Fault,
    problems: ['account.unknown', 'fault.malformed', 'fault.too_many'],
  }),
  deleteFault: endpoint({
    method: 'DELETE',
    path: '/sandbox/faults/{name}',
    access: 'sandbox.control',
    summary: 'Take a rule of faults away, and read for the last time how often it struck (sandbox)',
    params: byName,
    query: Type.Object(ofAccount, STRICT),
    answer: Fault,
    problems: ['account.unknown', 'fault.unknown'],
  }),
  listScenarios: endpoint({
    method: 'GET',
    path: '/sandbox/scenarios',
    access: 'sandbox.read',
    summary: 'List the faults that have names, and what a good client does then (sandbox)',
    answer: Type.Object({ items: Type.Array(Scenario) }),
  }),
}

export type ApiFault = Static<typeof Fault>
export type ApiFaultChange = Static<typeof FaultChange>
export type ApiFaultEffect = Static<typeof Effect>
export type ApiScenario = Static<typeof Scenario>
