import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { type TSchema, Type } from '@sinclair/typebox'
import fc from 'fast-check'
import { API_MEANING, ofNewest, ofReference, ranges } from './meaning.ts'
import { picks, Reference, type ReferenceKind, reference } from './reference.ts'
import { bodyOf, queryOf, RULE_NAMES } from './requests.ts'
import { validValue } from './valid-value.ts'

/** A request of the native API, before it is written. */
export interface ApiRequest {
  params: Record<string, unknown>
  query: Record<string, unknown>
  body?: unknown
  /** What If-Match says. */
  version?: unknown
  /** Where the endpoint is for keys and for staff. */
  bySession: boolean
}

/** Their changes would keep an account from calling until the next turn. */
const OF_NEWCOMERS: readonly Endpoint[] = [api.rotateSecret, api.setLimits, api.setAccountState, api.setShopStatus]

/** Their changes would keep one of the staff from calling until the next turn: they are of those who leave. */
export const OF_LEAVERS: readonly Endpoint[] = [
  api.signOut,
  api.listOwnSessions,
  api.endOwnSession,
  api.endOtherSessions,
  api.changeOwnPassword,
]

/** Members of a request that only fit together, of all its parts. */
type Together = Partial<Pick<ApiRequest, 'params' | 'query' | 'version'>> & { body?: Record<string, unknown> }

const applications = (members: 'id' | 'version') => (pick: number) =>
  new Reference(pick % 3 === 0 ? 'application' : 'open_application', members, pick)

/** How far a clock advances: one of them, or none. */
const ADVANCES = ['to', 'seconds', 'working_days']
const withoutOthers = (kept: string | undefined) =>
  Object.fromEntries(ADVANCES.filter((name) => name !== kept).map((name) => [name, undefined]))

const TOGETHER = new Map<Endpoint, fc.Arbitrary<Together>>([
  [
    api.decideApplication,
    picks.map((pick) => ({ params: { id: applications('id')(pick) }, version: applications('version')(pick) })),
  ],
  [api.listDeliveries, ranges.map((query) => ({ query }))],
  [api.previewReplay, ranges.map((body) => ({ body }))],
  [api.replayDeliveries, ranges.map((body) => ({ body }))],
  [api.changePolicy, picks.map((pick) => ({ version: new Reference('policy', 'version', pick) }))],
  [
    api.changeReason,
    picks.map((pick) => ({
      params: { reason_no: new Reference('reason', 'reason_no', pick) },
      body: { version: new Reference('reason', 'version', pick) },
    })),
  ],
  [
    api.orderReasons,
    picks.map((pick) => ({
      body: { kind: new Reference('reason', 'kind', pick), order: [new Reference('reason', 'reason_no', pick)] },
    })),
  ],
  [api.loadCalendarYear, years()],
  [api.previewCalendarYear, years()],
  // Mostly without a reason of the library, which is of one kind, and always so that it can be taken back.
  [
    api.createBulkDecision,
    picks.map((pick) => ({ body: { delay: true, ...(pick % 4 > 0 && { template: undefined }) } })),
  ],
  [api.undoDecision, ofNewest('scheduled', 'id').map((params) => ({ params }))],
  [api.undoBulkDecision, ofNewest('bulk', 'id').map((params) => ({ params }))],
  [api.advanceClock, fc.constantFrom(...ADVANCES, undefined).map((kept) => ({ body: withoutOthers(kept) }))],
  [api.exportDevices, ofReference('approved_batch', 'id').map((params) => ({ params }))],
  [
    api.getApplicationPicture,
    ofReference('application_picture', 'id', 'field', 'position').map((params) => ({ params })),
  ],
  [
    api.signInWithTotp,
    picks.map((pick) => ({ body: { challenge: second('challenge', pick), code: second('totp', pick) } })),
  ],
  [
    api.signInWithRecoveryCode,
    picks.map((pick) => ({ body: { challenge: second('challenge', pick), code: second('recovery_code', pick) } })),
  ],
  [api.readInvitation, ofReference('invitation', 'token').map((body) => ({ body }))],
  [api.confirmTotp, ofNewest('new_totp', 'challenge', 'code').map((body) => ({ body }))],
  [api.addPasskey, ofNewest('new_passkey', 'challenge', 'credential').map((body) => ({ body }))],
  [api.signInWithPasskey, ofNewest('used_passkey', 'challenge', 'credential').map((body) => ({ body }))],
  [api.removePasskey, ofNewest('passkey', 'id').map((params) => ({ params }))],
])

function years(): fc.Arbitrary<Together> {
  return fc.integer({ min: 2027, max: 2040 }).map((year) => ({
    params: { year },
    body: { holidays: [`${year}-01-01`, `${year}-10-01`], workdays: [] },
  }))
}

const second = (member: string, pick: number) => new Reference('second_factor', member, pick)

export const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
const hasBody = ({ body }: Endpoint) => body.type !== 'undefined'

/** Valid requests of an endpoint. */
export function apiRequests(endpoint: Endpoint): fc.Arbitrary<unknown> {
  const meaning = { ...API_MEANING, names: { ...API_MEANING.names, ...namesOf(endpoint) } }
  return fc
    .record({
      params: validValue(endpoint.params, meaning),
      query: queries(endpoint),
      body: hasBody(endpoint) ? validValue(bodyOf(endpoint), API_MEANING) : fc.constant(undefined),
      together: TOGETHER.get(endpoint) ?? fc.constant<Together>({}),
      bySession: fc.boolean(),
    })
    .map(({ params, query, body, together, bySession }) => ({
      params: { ...Object(params), ...together.params },
      query: { ...Object(query), ...together.query },
      ...(body !== undefined && { body: together.body ? { ...Object(body), ...together.body } : body }),
      ...('version' in together && { version: together.version }),
      bySession,
    }))
}

function queries(endpoint: Endpoint): fc.Arbitrary<unknown> {
  const { cursor } = endpoint.query.properties as Record<string, TSchema>
  // A list that a path names (a queue's) has cursors of its own: those of another name are refused.
  const isOne = Object.keys(endpoint.params.properties).length === 0
  const cursors =
    cursor && isOne
      ? fc.option(reference(`cursor ${nameOf(endpoint)}`, 'cursor'), { nil: undefined, freq: 2 })
      : fc.constant(undefined)
  return fc
    .tuple(validValue(withoutCursor(queryOf(endpoint)), API_MEANING), cursors)
    .map(([rest, from]) => ({ ...Object(rest), ...(from && { cursor: from }) }))
}

function withoutCursor(query: TSchema): TSchema {
  if (query.anyOf) return Type.Union(query.anyOf.map(withoutCursor))
  const { cursor: _, ...known } = query.properties as Record<string, TSchema>
  return Type.Object(known)
}

/** By how a path begins: whose `id` or `name` it has. */
const NAMED: readonly (readonly [path: string, member: string, kind: ReferenceKind])[] = [
  ['/deliveries/', 'id', 'delivery'],
  ['/samples/', 'id', 'sample'],
  ['/bulk-decisions/', 'id', 'bulk'],
  ['/staff/invitations/', 'id', 'invitation'],
  ['/own/sessions/', 'id', 'session'],
  ['/saved-views/', 'view_no', 'own_view'],
  ['/shared-views/', 'view_no', 'shared_view'],
  ['/staff/', 'name', 'leaver'],
  ['/keys/', 'name', 'key'],
  ['/requests/', 'rid', 'rid'],
]

/** The resources that parameters of a path name. */
function namesOf(endpoint: Endpoint): Record<string, fc.Arbitrary<unknown>> {
  const [, member = 'id', kind] = NAMED.find(([path]) => endpoint.path.startsWith(path)) ?? []
  return {
    appid: reference(OF_NEWCOMERS.includes(endpoint) ? 'newcomer' : 'account', 'appid'),
    id: fc.oneof(reference('application', 'id'), reference('application', 'audit_id')),
    reason_no: reference('reason', 'reason_no'),
    ...(kind && { [member]: reference(kind, member) }),
    ...(endpoint.path.includes('/outcome-rules/') && { name: fc.constantFrom(...RULE_NAMES) }),
  }
}
