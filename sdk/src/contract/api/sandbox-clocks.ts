import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, STRICT, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'

/** What a timeline tells of. */
export const HAPPENING_TYPES = ['month_begin', 'day_begin', 'token_end', 'overdue', 'entry', 'callback'] as const

const Clock = Type.Object({
  now: Time,
  frozen: Type.Boolean({ description: 'Whether it stands still.' }),
  ahead_ms: Type.Integer({ description: 'How far it is ahead of the machine; negative when it is behind.' }),
  next_due: Nullable(
    Type.Object({ queue: Type.String(), at: Time }, { description: 'What is due next; null: nothing waits.' }),
  ),
})

const ClockChange = Type.Object(
  {
    at: Type.Optional(Time),
    frozen: Type.Optional(Type.Boolean({ description: 'Left out: as it is.' })),
  },
  STRICT,
)

const Advance = Type.Object(
  {
    to: Type.Optional(Time),
    seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 * 366 * 86_400 })),
    working_days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'To the end of so many working days from now.' }),
    ),
  },
  { ...STRICT, description: 'At most one of them. None: to the next time at which something is due.' },
)

const Happening = Type.Object({
  at: Time,
  type: OneOf(HAPPENING_TYPES),
  application: Nullable(Type.String()),
  text: Type.String({ description: 'The action of the trail, or the event of the callback and how its try ended.' }),
  actor: Nullable(Type.String()),
  injected_by: Nullable(Type.String({ description: 'The rule of faults that struck the callback.' })),
})

const Advanced = Type.Object({
  clock: Clock,
  from: Time,
  timeline: Type.Array(Happening, { description: 'In the order in which it happened; the first 1,000 of each type.' }),
  stopped: Nullable(Type.String({ description: 'What kept it from its target.' })),
})

export const sandboxClockEndpoints = {
  getServerClock: endpoint({
    method: 'GET',
    path: '/sandbox/clock',
    access: 'sandbox.read',
    summary: 'Read the clock of the server, on top of which the accounts’ run (sandbox)',
    answer: Clock,
  }),
  setServerClock: endpoint({
    method: 'PUT',
    path: '/sandbox/clock',
    access: 'sandbox.control',
    summary: 'Set the clock of the server: to a later time, to stand still, to run on (sandbox)',
    body: ClockChange,
    answer: Clock,
    problems: ['clock.backwards'],
  }),
  getClock: endpoint({
    method: 'GET',
    path: '/sandbox/accounts/{appid}/clock',
    access: 'sandbox.read',
    summary: 'Read the clock of an account (sandbox)',
    params: byAppid,
    answer: Clock,
    problems: ['account.unknown'],
  }),
  setClock: endpoint({
    method: 'PUT',
    path: '/sandbox/accounts/{appid}/clock',
    access: 'sandbox.control',
    summary: 'Set the clock of an account: to a later time, to stand still, to run on (sandbox)',
    params: byAppid,
    body: ClockChange,
    answer: Clock,
    problems: ['account.unknown', 'clock.backwards', 'clock.busy'],
  }),
  advanceClock: endpoint({
    method: 'POST',
    path: '/sandbox/accounts/{appid}/clock/advance',
    access: 'sandbox.control',
    summary: 'Let an account’s time pass, do what falls due on the way, and tell what happened (sandbox)',
    params: byAppid,
    body: Advance,
    answer: Advanced,
    problems: ['account.unknown', 'clock.backwards', 'clock.busy', 'clock.nothing_due'],
  }),
}

export type ApiClock = Static<typeof Clock>
export type ApiHappening = Static<typeof Happening>
