import { call, Nothing, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { credentials } from './tokens.ts'

export const quotas = {
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
}
