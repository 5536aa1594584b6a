import type { Call } from '@shenpi/sdk/contract/call'
import { CALLS, type WireRequest } from '../exchange.ts'
import { aMultipart, MEDIA } from '../files.ts'
import type { Refusal } from './refusal.ts'

/** What every call refuses. Source: docs/protocol/conventions.md, order of checks. */

const UNPARSABLE: readonly (readonly [name: string, body: string | Buffer])[] = [
  ['no JSON', 'quantity=3&apply_reason=x'],
  ['a body that breaks off', '{"quantity":3'],
  ['a trailing comma', '{"quantity":3,}'],
  ['a comment', '{"quantity":3/* three */}'],
  ['a second value', '{} {}'],
  ['single quotes', "{'quantity':3}"],
  ['a raw line break in a text', '{"apply_reason":"a\nb"}'],
  [
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('{"apply_reason":"'), Buffer.from([0xff]), Buffer.from('"}')]),
  ],
  ['GBK', Buffer.concat([Buffer.from('{"apply_reason":"'), Buffer.from([0xc4, 0xe3]), Buffer.from('"}')])],
  ['a character cut in two', Buffer.from('{"apply_reason":"王"}').subarray(0, 19)],
  ['UTF-16', Buffer.from('{"quantity":3}', 'utf16le')],
  ['nothing but blanks', '   '],
  ['a depth without an end', '['.repeat(500_000)],
]

const form = aMultipart({ head: [MEDIA, 'Content-Type: image/png'], body: 'x'.repeat(500) })

const BROKEN_FORMS: readonly (readonly [name: string, request: WireRequest])[] = [
  ['multipart without a boundary', { headers: { 'content-type': 'multipart/form-data' }, body: form.body }],
  ['multipart that breaks off in its file', { ...form, body: form.body.subarray(0, 300) }],
  [
    'multipart of 41 parts',
    aMultipart(...Array(41).fill({ head: ['Content-Disposition: form-data; name="a"'], body: '' })),
  ],
  ['multipart of parts without an end', aMultipart(...Array(100_000).fill({ head: [], body: '' }))],
  ['multipart that breaks off at its end', { ...form, body: form.body.subarray(0, form.body.length - 4) }],
]

const MB = 1024 * 1024

function ofCall(call: Call): Refusal[] {
  const asMerchant = { call, as: 'merchant' } as const
  const asNobody = { call, as: null } as const
  const refusals: Refusal[] = []

  const wrongMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (method) => !call.methods.includes(method as 'GET'),
  )
  const problem = call.methods.includes('POST') ? 'method.post_required' : 'method.get_required'
  for (const method of wrongMethods) {
    refusals.push({ ...asMerchant, name: `${method}`, problem, request: () => ({ method, body: { a: 1 } }) })
  }
  if (call.authorized) {
    refusals.push(
      { ...asNobody, name: 'no token', problem: 'token.missing', request: () => ({ body: {} }) },
      { ...asNobody, name: 'an empty token', problem: 'token.missing', request: () => ({ query: 'access_token=' }) },
      {
        ...asNobody,
        name: 'a token in the body alone',
        problem: 'token.missing',
        request: ({ merchant }) => ({ body: { access_token: merchant.token } }),
      },
      {
        ...asNobody,
        name: 'an expired token',
        problem: 'token.expired',
        request: ({ expiredToken }) => ({ query: `access_token=${expiredToken}` }),
      },
    )
    refusals.push({ call, as: 'frozen', name: 'a frozen account', problem: 'account.frozen', request: () => ({}) })
    const unknown = [
      ['a malformed token', 'nonsense'],
      ['a token of another make', '57_AtQxxbcp4hsqLJl5Lz0BYSGNTbqHhfRKYp_AzqN0nAMZNhBZIRIYAHNZ'],
      ['a token that nobody was given', `1_${'A'.repeat(43)}`],
      ["a token of an account that isn't", `zzzzzz_${'A'.repeat(43)}`],
      ['a token with a NUL', `1_${'A'.repeat(42)}%00`],
      ['a token that does not decode', '%zz%ff'],
      ['a very long token', 'A'.repeat(4000)],
    ]
    for (const [name, token] of unknown as [string, string][]) {
      refusals.push({
        ...asNobody,
        name,
        problem: 'token.invalid',
        request: () => ({ query: `access_token=${token}` }),
      })
    }
  }
  if (call.body === 'json') {
    refusals.push({ ...asMerchant, name: 'an empty body', problem: 'body.empty', request: () => ({}) })
    for (const [name, body] of UNPARSABLE) {
      refusals.push({ ...asMerchant, name, problem: 'body.unparsable', request: () => ({ body }) })
    }
  }
  if (call.body === 'upload') {
    for (const [name, request] of BROKEN_FORMS) {
      refusals.push({ ...asMerchant, name, problem: 'body.unparsable', request: () => request })
    }
  }
  if (call.body !== 'query') {
    const maxBytes = call.body === 'upload' ? 10 * MB : MB
    refusals.push({
      ...asMerchant,
      name: `a body of ${maxBytes} bytes and one`,
      problem: call.body === 'upload' ? 'upload.too_large' : 'body.too_large',
      request: () => ({ method: 'POST', body: Buffer.alloc(maxBytes + 1, ' ') }),
    })
  }
  return refusals
}

export const anyCallRefusals: Refusal[] = CALLS.flatMap(ofCall)
