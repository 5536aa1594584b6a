import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_STATES, DECISION_WAYS, KIND_NAMES, QUEUE_NAMES } from '../states.ts'

const Hours = Nullable(Type.Number({ description: 'Hours of working days, 24 a day; null: nothing was decided.' }))

const Dashboard = Type.Object({
  open: Type.Object({
    overdue_long: Type.Integer({ description: 'For more than three days.' }),
    overdue: Type.Integer({ description: 'For less.' }),
    today: Type.Integer(),
    tomorrow: Type.Integer(),
    later: Type.Integer(),
  }),
  oldest_applied_at: Nullable(Time),
  days: Type.Array(
    Type.Object({
      date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'In UTC+8.' }),
      kind: OneOf(KIND_NAMES),
      outcome: OneOf(APPLICATION_STATES),
      way: OneOf(DECISION_WAYS),
      decided: Type.Integer(),
    }),
  ),
  reviewed: Type.Object({
    decided: Type.Integer({ description: 'By staff and keys.' }),
    late: Type.Integer({ description: 'Of them, after their due time.' }),
  }),
  median_hours: Hours,
  p90_hours: Hours,
  load: Type.Array(Type.Object({ actor: Type.String(), decided: Type.Integer(), late: Type.Integer() }), {
    description: 'What each of the staff and of the keys decided, the busiest first, at most 100.',
  }),
  callbacks: Type.Object(
    { pending: Type.Integer(), delivered: Type.Integer(), failed: Type.Integer(), unaddressed: Type.Integer() },
    { description: 'What became of the callbacks of the last 24 hours, of the newest 10,000 of them.' },
  ),
  queues: Type.Array(Type.Object({ name: OneOf(QUEUE_NAMES), age_ms: Type.Integer() }), {
    description: 'How far behind this server’s queues are.',
  }),
})

export const dashboardEndpoints = {
  getDashboard: endpoint({
    method: 'GET',
    path: '/dashboard',
    access: 'dashboard.read',
    summary: 'What is open and what was decided in the last days',
    query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 30 })) }),
    answer: Dashboard,
  }),
}

export type ApiDashboard = Static<typeof Dashboard>
