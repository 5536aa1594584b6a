import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { CALENDAR_SOURCES, KIND_NAMES, POLICY_SETTINGS } from '../states.ts'
import { STORABLE, STORABLE_WORDS } from '../text.ts'

const Kind = OneOf(KIND_NAMES)

const SecondOpinionRule = Type.Object({
  kind: Kind,
  field: Type.Optional(Type.String({ maxLength: 64, description: 'A number of the payload; with `above`.' })),
  above: Type.Optional(Type.Integer({ minimum: 0, description: 'Only where the field is larger.' })),
})

const SampleRule = Type.Object({
  kind: Type.Optional(Kind),
  reviewer: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, pattern: STORABLE, description: 'Of one; absent: of all.' }),
  ),
  percent: Type.Integer({ minimum: 0, maximum: 100 }),
})

const Policy = Type.Object({
  undo_seconds: Type.Integer({
    minimum: 0,
    maximum: 60,
    description: 'How long the decision of a person can be taken back; 0: not at all.',
  }),
  second_opinion: Type.Array(SecondOpinionRule, {
    maxItems: 50,
    description: 'Which applications are approved by two different people.',
  }),
  samples: Type.Array(SampleRule, { maxItems: 200, description: 'Which decisions are reviewed a second time.' }),
  quick_review_max: Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    description: 'The largest batch that is approved at once, in device IDs.',
  }),
  device_ceiling: Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    description: 'Device IDs that a new account may have.',
  }),
  active_devices_min: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: 'The percentage of its devices that an account must use before it gets more; 0: none.',
  }),
  review_working_days: Type.Integer({ minimum: 1, maximum: 60, description: 'Working days that a review may take.' }),
})

const Version = Type.Object({
  version: Type.Integer(),
  changed_at: Time,
  changed_by: Type.String(),
  reason: Type.String(),
  settings: Type.Partial(Policy, { description: 'What differs from the first values.' }),
  before: Type.Partial(Policy, { description: 'What this version changed, as it was before.' }),
})

const Origin = Type.Object({
  setting: OneOf(POLICY_SETTINGS),
  version: Type.Integer(),
  changed_at: Time,
  changed_by: Type.String(),
  reason: Type.String(),
})

const CalendarDate = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })

const CalendarYear = Type.Object({
  holidays: Type.Array(CalendarDate, { maxItems: 100, description: 'Days off, weekends inside a holiday included.' }),
  workdays: Type.Array(CalendarDate, { maxItems: 60, description: 'Saturdays and Sundays worked to make up.' }),
})

const Calendar = Type.Object({
  years: Type.Array(Type.Integer(), { description: 'The years whose official holidays are known.' }),
  loaded: Type.Array(Type.Integer(), { description: 'Those of them that were loaded by staff.' }),
  missing: Nullable(
    Type.Integer({ description: 'This year, or from November on the next, where its holidays are not known.' }),
  ),
})

const byYear = Type.Object({ year: Type.Integer({ minimum: 2004, maximum: 2100 }) })

/** Open applications that a preview looks at: of a longer queue the most urgent. */
export const PREVIEWED_APPLICATIONS_MAX = 10_000

export const policyEndpoints = {
  getPolicy: endpoint({
    method: 'GET',
    path: '/policy',
    access: 'policy.read',
    summary: 'Read the policy and the calendar; its version is the ETag',
    answer: Type.Object({
      version: Type.Integer({ description: '0: as the environment gives it.' }),
      settings: Policy,
      first: Policy,
      pinned: Type.Array(Type.String(), { description: 'What only the environment changes.' }),
      changed: Type.Array(Origin, {
        description: 'Of what was changed here: which version did so last, as far as the newest 200 tell.',
      }),
      calendar: Calendar,
    }),
  }),
  changePolicy: endpoint({
    method: 'PATCH',
    path: '/policy',
    access: 'policy.change',
    summary: 'Change settings of the policy, and say why',
    conditional: true,
    body: Type.Object({
      settings: Type.Partial(Policy, { minProperties: 1 }),
      reason: Type.String({ minLength: 1, maxLength: 500, pattern: STORABLE_WORDS }),
    }),
    answer: Version,
    problems: ['policy.changed', 'policy.pinned', 'application.version_required'],
  }),
  listPolicyVersions: endpoint({
    method: 'GET',
    path: '/policy/versions',
    access: 'policy.read',
    summary: 'List the changes of the policy, the newest first',
    query: Type.Object(paging),
    answer: Page(Version),
  }),
  getCalendarYear: endpoint({
    method: 'GET',
    path: '/policy/calendar/{year}',
    access: 'policy.read',
    summary: 'Read the official holidays of a year, as far as they are known',
    params: byYear,
    answer: Type.Composite([
      Type.Object({
        year: Type.Integer(),
        source: OneOf(CALENDAR_SOURCES),
        loaded_at: Nullable(Time),
      }),
      CalendarYear,
    ]),
  }),
  previewCalendarYear: endpoint({
    method: 'POST',
    path: '/policy/calendar/{year}/preview',
    access: 'policy.change',
    summary: 'Tell what loading the holidays of a year would change, and change nothing',
    params: byYear,
    body: CalendarYear,
    answer: Type.Object({
      moved: Type.Integer({ description: 'Open applications that would be due at another time.' }),
      looked_at: Type.Integer({
        description: `Open applications that were looked at, the most urgent, at most ${PREVIEWED_APPLICATIONS_MAX}.`,
      }),
      is_all: Type.Boolean({ description: 'Whether these are all that are open.' }),
    }),
    problems: ['calendar.invalid'],
  }),
  loadCalendarYear: endpoint({
    method: 'PUT',
    path: '/policy/calendar/{year}',
    access: 'policy.change',
    summary: 'Load the official holidays of a year; due times of open applications follow',
    params: byYear,
    body: CalendarYear,
    answer: Calendar,
    problems: ['calendar.invalid'],
  }),
}

export type ApiPolicy = Static<typeof Policy>
export type ApiPolicyVersion = Static<typeof Version>
export type ApiPolicyOrigin = Static<typeof Origin>
export type ApiCalendarYear = Static<(typeof policyEndpoints)['getCalendarYear']['answer']>
export type ApiCalendar = Static<typeof Calendar>
