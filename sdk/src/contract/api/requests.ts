import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Page, paging } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { CHECK_RESULTS, EXPECTATIONS, MEASURES, REQUEST_CHECKS, VALUE_TYPES } from '../states.ts'

const row = {
  rid: Type.String(),
  at: Type.String({ format: 'date-time', description: 'In the account’s time, which a sandbox can set.' }),
  appid: Nullable(Type.String({ description: 'Null: it was refused before its caller was known.' })),
  path: Type.String({ description: 'Of the call, or what was asked for where there is no such call.' }),
  cost_ms: Type.Integer(),
  problem: Nullable(Type.String({ description: 'The refusal, a code of docs/errors.md; null: it went well.' })),
  errcode: Nullable(Type.Integer({ description: 'As above, on the wire.' })),
  check: Nullable(OneOf(REQUEST_CHECKS, { description: 'What refused it.' })),
  injected_by: Nullable(Type.String({ description: 'The rule of the sandbox that made the answer.' })),
  outcome_by: Nullable(
    Type.String({
      description:
        'What gave the application an outcome that it submitted or asked about: `rule:NAME`, `rule:text`, `rule:header`.',
    }),
  ),
}

const RequestRow = Type.Object(row)

const Finding = Type.Object({
  path: Type.String({ description: 'Of the field, as `license[0]`; empty: the request as a whole.' }),
  problem: Type.String({ description: 'What the field alone would be refused with.' }),
  expected: OneOf(EXPECTATIONS),
  limit: Nullable(Type.String({ description: 'The limit, the type, the choices or the form that is expected.' })),
  seen: OneOf(VALUE_TYPES),
  measure: Nullable(Type.Number({ description: 'How long or how large what was sent is; of a text never the text.' })),
  unit: Nullable(OneOf(MEASURES, { description: 'Of limit and measure; null: they are numbers that were sent.' })),
})

const Line = Nullable(
  Type.Object({
    file: Type.String(),
    line: Type.Integer(),
    text: Type.String(),
  }),
)

const RequestInFull = Type.Object({
  ...row,
  url: Type.String({ description: 'Path and query, with `***` for secrets; so are the bodies.' }),
  request_body: Type.String(),
  response_body: Type.String(),
  client_ip: Type.String(),
  ahead_ms: Type.Integer({ description: 'How far the account’s time was ahead of the machine’s.' }),
  message: Nullable(Type.String({ description: 'What the refusal says on the wire, without its rid.' })),
  checks: Type.Array(Type.Object({ name: OneOf(REQUEST_CHECKS), result: OneOf(CHECK_RESULTS) }), {
    description: 'In their order. Empty: the request is from before requests were explained.',
  }),
  findings: Type.Array(Finding, {
    description: 'What the check found, the refused one first: what follows would have been refused as well.',
  }),
  rules: Type.Array(Type.String(), {
    description: 'What the call can be refused with by the check `rule`, where that one refused or was not reached.',
  }),
  meaning: Nullable(Type.String({ description: 'What the refusal means and what to do, as docs/errors.md says it.' })),
  documented: Type.Object(
    { protocol: Line, error: Line },
    { description: 'The line of docs/protocol/ and the row of docs/errors.md; null where the server has no docs.' },
  ),
})

export const requestEndpoints = {
  listRequests: endpoint({
    method: 'GET',
    path: '/requests',
    access: 'request.read',
    summary: 'List an account’s newest calls of the wire that are kept: refusals, in a sandbox successes too',
    query: Type.Object({
      ...paging,
      appid: Type.Optional(
        Type.String({
          ...byAppid.properties.appid,
          description: 'Left out: calls that were refused before their caller was known, which a sandbox keeps.',
        }),
      ),
      only: Type.Optional(Type.Literal('refused', { description: 'Without those that went well.' })),
    }),
    answer: Page(RequestRow),
    problems: ['account.unknown'],
  }),
  getRequest: endpoint({
    method: 'GET',
    path: '/requests/{rid}',
    access: 'request.read',
    summary: 'Explain a call of the wire by its rid: which check refused it, what it found, and what to do',
    params: Type.Object({ rid: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{8}){2}$' }) }),
    answer: RequestInFull,
    problems: ['rid.unknown'],
  }),
}

export type ApiRequestRow = Static<typeof RequestRow>
export type ApiRequestInFull = Static<typeof RequestInFull>
export type ApiFinding = Static<typeof Finding>
