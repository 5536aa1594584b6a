import { call, Nothing, refusal, wholeNumber } from './call.ts'
import { Type } from './schema.ts'

/** Source: docs/protocol/platform.md. */
const credentials = {
  grant_type: Type.Literal('client_credential', refusal('credential.grant_type_invalid')),
  appid: Type.String({ minLength: 1, ...refusal('credential.appid_missing') }),
  secret: Type.String({ minLength: 1, ...refusal('credential.secret_missing') }),
}

const Token = Type.Object({
  access_token: Type.String({ minLength: 1, maxLength: 512 }),
  /** Seconds. */
  expires_in: Type.Integer({ minimum: 60, maximum: 7200 }),
})

const problems = [
  'credential.grant_type_invalid',
  'credential.appid_missing',
  'credential.appid_invalid',
  'credential.secret_missing',
  'credential.secret_invalid',
  'credential.tries_exceeded',
  'credential.secret_frozen',
  'account.frozen',
] as const

export const platform = {
  token: call({
    path: '/cgi-bin/token',
    summary: 'Get an access token',
    safe: true,
    methods: ['GET'],
    family: 'token',
    authorized: false,
    body: 'query',
    request: Type.Object(credentials),
    answer: Token,
    problems,
  }),
  stableToken: call({
    path: '/cgi-bin/stable_token',
    summary: 'Get the access token that stays the same while it is good',
    safe: true,
    methods: ['POST'],
    family: 'token',
    authorized: false,
    body: 'json',
    request: Type.Object({ ...credentials, force_refresh: Type.Optional(Type.Boolean()) }, refusal('body.unparsable')),
    answer: Token,
    /** Source: docs/protocol/platform.md, stable_token, row "Rate". */
    rate: { daily: 500_000, minute: 10_000 },
    problems: [...problems, 'token.refresh_quota'],
  }),

  clearQuota: call({
    path: '/cgi-bin/clear_quota',
    summary: 'Reset the account’s quotas',
    methods: ['POST'],
    family: 'shop',
    authorized: true,
    body: 'json',
    request: Type.Object(
      { appid: Type.String({ minLength: 1, ...refusal('credential.appid_missing') }) },
      refusal('body.unparsable'),
    ),
    answer: Nothing,
    uncounted: true,
    problems: ['credential.appid_missing', 'credential.appid_invalid', 'quota.reset_limit'],
  }),

  clearQuotaV2: call({
    path: '/cgi-bin/clear_quota/v2',
    summary: 'Reset the account’s quotas without a token',
    methods: ['POST'],
    family: 'shop',
    authorized: false,
    /** In the query in the published sample, in the body elsewhere. */
    body: 'arguments',
    upload: { arguments: 'query' },
    request: Type.Object({
      appid: credentials.appid,
      appsecret: Type.String({ minLength: 1, ...refusal('credential.secret_missing') }),
    }),
    answer: Nothing,
    uncounted: true,
    problems: [
      'credential.appid_missing',
      'credential.appid_invalid',
      'credential.secret_missing',
      'credential.secret_invalid',
      'credential.tries_exceeded',
      'credential.secret_frozen',
      'account.frozen',
      'quota.reset_limit',
    ],
  }),

  quotaGet: call({
    path: '/cgi-bin/openapi/quota/get',
    summary: 'Read how often a call may still be made today',
    safe: true,
    methods: ['POST'],
    family: 'shop',
    authorized: true,
    body: 'json',
    request: Type.Object(
      { cgi_path: Type.String({ maxLength: 200, ...refusal('quota.path_unknown') }) },
      refusal('quota.path_unknown'),
    ),
    answer: Type.Object({
      quota: Type.Object({ daily_limit: wholeNumber(), used: wholeNumber(), remain: wholeNumber() }),
    }),
    uncounted: true,
    problems: ['quota.path_unknown', 'quota.path_uncounted'],
  }),

  ridGet: call({
    path: '/cgi-bin/openapi/rid/get',
    summary: 'Read a request of the past by its rid',
    safe: true,
    methods: ['POST'],
    family: 'shop',
    authorized: true,
    body: 'json',
    request: Type.Object(
      { rid: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$', ...refusal('rid.malformed') }) },
      refusal('rid.malformed'),
    ),
    answer: Type.Object({
      request: Type.Object({
        invoke_time: wholeNumber(),
        cost_in_ms: wholeNumber(),
        request_url: Type.String(),
        request_body: Type.String(),
        response_body: Type.String(),
        client_ip: Type.String(),
      }),
    }),
    problems: ['rid.malformed', 'rid.unknown', 'rid.foreign', 'rid.expired'],
  }),
}
