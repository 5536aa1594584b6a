import type { Call } from '@shenpi/sdk/contract/call'
import { wire } from '@shenpi/sdk/contract/wire'
import type { TSchema } from '@sinclair/typebox'
import type { ConformanceCase, Story } from '../case.ts'
import type { FormName } from '../files/forms.ts'
import { type Row, refused } from '../refused.ts'

/** What every call refuses. Source: docs/protocol/conventions.md, order of checks. */

const KB = 1024
const MB = 1024 * KB
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Tokens that nobody was given. */
const UNKNOWN_TOKENS: readonly (readonly [name: string, token: string])[] = [
  ['a malformed token', 'nonsense'],
  ['a token of another make', '57_AtQxxbcp4hsqLJl5Lz0BYSGNTbqHhfRKYp_AzqN0nAMZNhBZIRIYAHNZ'],
  ['a token that nobody was given', `1_${'A'.repeat(43)}`],
  ['a token of an account that is none', `zzzzzz_${'A'.repeat(43)}`],
  ['a token with U+0000', `1_${'A'.repeat(42)}%00`],
  ['a token that does not decode', '%zz%ff'],
  ['a very long token', 'A'.repeat(4000)],
]

const latin1 = (text: string) => ({ base64: btoa(text) })

const UNPARSABLE: readonly Row[] = [
  ['no JSON', 'quantity=3&apply_reason=x'],
  ['a body that breaks off', '{"quantity":3'],
  ['a trailing comma', '{"quantity":3,}'],
  ['a comment', '{"quantity":3/* three */}'],
  ['a second value', '{} {}'],
  ['single quotes', "{'quantity':3}"],
  ['a raw line break in a text', '{"apply_reason":"a\nb"}'],
  ['bytes that are no UTF-8', latin1('{"apply_reason":"\xff"}')],
  ['GBK', latin1('{"apply_reason":"\xc4\xe3"}')],
  ['a character cut in two', latin1('{"apply_reason":"\xe7\x8e')],
  ['UTF-16', latin1([...'{"quantity":3}'].map((character) => `${character}\0`).join(''))],
  ['nothing but blanks', '   '],
  ['a depth without an end', '['.repeat(10_000)],
  ['33 levels', `{"x":${'['.repeat(32)}${']'.repeat(32)}}`],
]

/** JSON of so many bytes, of a member that no call knows. */
const jsonOf = (bytes: number): string => `{"x":"${'x'.repeat(bytes - '{"x":""}'.length)}"}`
const MANY_MEMBERS = `{${'"x":1,'.repeat(99_999)}"x":1}`

const BROKEN_FORMS: readonly FormName[] = [
  'a form without its boundary',
  'a form that breaks off in its file',
  'a form that breaks off at its end',
  'a form of 41 parts',
  'a form of 100,000 parts',
]

function methodsOf(call: Call): ConformanceCase[] {
  const errcode = call.methods.includes('POST') ? 43002 : 43001
  return METHODS.filter((method) => !(call.methods as readonly string[]).includes(method)).map((method) => ({
    name: `${method} instead of ${call.methods.join(' or ')}`,
    call,
    method,
    // A GET has no body, and what it would say in one does not matter.
    ...(method !== 'GET' && { request: '{}' }),
    errcode,
  }))
}

function tokensOf(call: Call): ConformanceCase[] {
  if (!call.authorized) return []
  const nobody = { call, by: null, request: call.body === 'none' ? undefined : '{}' }
  return [
    { ...nobody, name: 'no token', errcode: 41001 },
    { ...nobody, name: 'an empty token', query: 'access_token=', errcode: 41001 },
    {
      call,
      by: null,
      name: 'a token in the body alone',
      method: 'POST',
      request: '{"access_token":"{merchantsToken}"}',
      errcode: 41001,
    },
    { call, by: 'frozen', name: 'a frozen account', request: nobody.request, errcode: 50007 },
    { ...nobody, name: 'an expired token', query: 'access_token={expiredToken}', errcode: 42001 },
    ...UNKNOWN_TOKENS.map(([name, token]) => ({ ...nobody, name, query: `access_token=${token}`, errcode: 40001 })),
  ]
}

function bodiesOf(call: Call): ConformanceCase[] {
  const by = call.authorized ? 'merchant' : null
  const tooLarge = { call, by, method: 'POST', errcode: 40035 } as const
  const argumentsTooLarge = { ...tooLarge, name: 'JSON of 16 KB and a byte', request: jsonOf(16 * KB + 1) }
  switch (call.body) {
    case 'json':
      return [
        ...refused(call, by, 44002, [['an empty body', undefined]]),
        ...refused(call, by, 47001, UNPARSABLE),
        call.authorized
          ? { ...tooLarge, name: 'a body of 1 MB and a byte', request: jsonOf(MB + 1) }
          : argumentsTooLarge,
        ...(call.authorized ? [{ ...tooLarge, name: '100,000 members', request: MANY_MEMBERS }] : []),
      ]
    case 'upload':
      return [
        ...BROKEN_FORMS.map((form): ConformanceCase => ({ name: form, call, by, form, errcode: 47001 })),
        { ...tooLarge, name: 'a body of 10 MB and a byte', request: ' '.repeat(10 * MB + 1), errcode: 40006 },
        argumentsTooLarge,
      ]
    case 'none':
      return [{ ...tooLarge, name: 'a body of 1 MB and a byte', request: ' '.repeat(MB + 1) }]
    case 'arguments':
      return [argumentsTooLarge]
    case 'query':
      return call.methods.includes('POST')
        ? [{ ...tooLarge, name: 'a body of 1 MB and a byte', request: ' '.repeat(MB + 1) }]
        : []
  }
}

/** Each reads what its call knows alone: the first member is enough. */
function textsOf(call: Call): ConformanceCase[] {
  const by = call.authorized ? 'merchant' : null
  const request = JSON.stringify(withHalf(call.request))
  if (call.body === 'none' || call.body === 'query' || request === '{}') return []
  return [{ call, by, method: 'POST', name: 'half of a surrogate pair', request, errcode: 40033 }]
}

function withHalf({ properties, items }: TSchema): unknown {
  if (items) return [withHalf(items)]
  if (!properties) return 'a\ud800'
  return Object.fromEntries(
    Object.entries<TSchema>(properties)
      .slice(0, 1)
      .map(([name, member]) => [name, withHalf(member)]),
  )
}

function connectedOf(call: Call): ConformanceCase[] {
  if (!call.connected) return []
  return [
    ...refused(call, 'newcomer', 48001, [['by an account without the component', '{}']]),
    ...refused(call, 'applicant', 48001, [['by an account whose component is under review', '{}']]),
    ...refused(call, 'banned', 48004, [['by an account that the component was taken from', '{}']]),
  ]
}

const CALLS = Object.values(wire).flatMap((calls) => Object.values<Call>(calls))

export const ANY_CALL: Story = {
  subject: 'any-call',
  cases: CALLS.flatMap((call) => [
    ...methodsOf(call),
    ...tokensOf(call),
    ...connectedOf(call),
    ...bodiesOf(call),
    ...textsOf(call),
  ]),
}
