import { call, refusal } from '../call.ts'
import { Type } from '../schema.ts'

/** Source: docs/protocol/platform.md. */
export const credentials = {
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

export const tokens = {
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
}
