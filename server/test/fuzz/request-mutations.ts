import fc from 'fast-check'
import { BODY_MAX_BYTES, UPLOAD_MAX_BYTES } from '../../src/http/body-limits.ts'
import { hostileForms, hostileJson } from '../largest-bodies.ts'
import type { Mutation, Outgoing } from './mutation.ts'

/** Replacements of a whole body. */
const BODIES: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  blanks: Buffer.from(' \r\n\t'),
  null: Buffer.from('null'),
  'a number': Buffer.from('5'),
  'a text': Buffer.from('"text"'),
  'an array': Buffer.from('[]'),
  'an array of objects': Buffer.from('[{}]'),
  'no JSON': Buffer.from('name=value&x=1'),
  XML: Buffer.from('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
  'bytes that are no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  zeros: Buffer.alloc(64),
  'UTF-16': Buffer.from('{"a":1}', 'utf16le'),
  'a byte order mark': Buffer.from('\ufeff{}'),
  'a deep array': Buffer.from('['.repeat(50_000)),
  'a deep array that ends': Buffer.from('['.repeat(20_000) + ']'.repeat(20_000)),
  'a deep object': Buffer.from(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  'a huge number': Buffer.from(`{"quantity":${'9'.repeat(5000)}}`),
  'a text without end': Buffer.from(`{"name":"${'\\"'.repeat(2000)}`),
  'only __proto__': Buffer.from('{"__proto__":{"a":1},"constructor":{"prototype":{}}}'),
}
/** Members and items: about as many as any call reads. */
const HOSTILE_VALUES = 40_000
const LARGE = Buffer.alloc(1024 * 1024 + 1, 'a')

const change = (name: string, from: (text: string) => string): Mutation => ({
  name,
  in: 'body',
  change: (body) => Buffer.from(from(body.toString('latin1')), 'latin1'),
})

const TEXT_CHANGES: readonly Mutation[] = [
  change('a comma too many', (text) => text.replace(/}$/, ',}')),
  change('a comment', (text) => text.replace(',', ', // comment\n')),
  change('single quotes', (text) => text.replaceAll('"', "'")),
  change('something behind', (text) => `${text}{}`),
  change('a byte order mark', (text) => `\u00ef\u00bb\u00bf${text}`),
  change('no-break spaces', (text) => text.replaceAll(',', ',\u00c2\u00a0')),
  change('an escape that is none', (text) => text.replace(/":"/, '":"\\x41')),
  change('a lone surrogate', (text) => text.replace(/":"/, '":"\\ud800')),
  change('U+0000', (text) => text.replace(/":"/, '":"\\u0000')),
  change('a raw line break', (text) => text.replace(/":"/, '":"\n')),
  change('a number without end', (text) => text.replace(/:\d+/, ':1e400')),
  change('a number with a sign', (text) => text.replace(/:(\d)/, ':-$1')),
  change('NaN', (text) => text.replace(/:\d+/, ':NaN')),
  change('a number with a leading zero', (text) => text.replace(/:(\d)/, ':0$1')),
  change('a member twice', (text) => text.replace(/^\{("[^"]*"):/, '{$1:null,$1:[],$1:')),
  change('__proto__', (text) => text.replace(/^\{/, '{"__proto__":{"page_id":1},')),
]

const bodyMutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXT_CHANGES) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...Object.entries(BODIES))
      .map(([name, body]): Mutation => ({ name: `${name} for a body`, in: 'body', change: () => body })),
  },
  {
    weight: 2,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map(
      (part): Mutation => ({
        name: 'a body that breaks off',
        in: 'body',
        change: (body) => body.subarray(0, Math.floor(body.length * part)),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(200), fc.nat(255)).map(
      ([place, byte]): Mutation => ({
        name: 'another byte',
        in: 'body',
        change: (body) => {
          const copy = Buffer.from(body)
          if (copy.length > 0) copy[place % copy.length] = byte
          return copy
        },
      }),
    ),
  },
)

/** Rare, as the request is sent whole and its connection is closed. */
const largeBody: Mutation = { name: 'a body of more than 1 MB', in: 'body', change: () => LARGE }

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH']
const TOKENS = [
  'x',
  '%00',
  '1_x',
  `1_${'A'.repeat(43)}`,
  `zzzzzzzzzz_${'A'.repeat(43)}`,
  'A'.repeat(3000),
  '%ff',
  '__proto__',
]
const QUERIES = [
  ...['&', '&&=&', '=', 'a', 'a=%', 'a=%zz', 'a=%00', 'a=%ff%fe', '__proto__=1', 'constructor[prototype]=1', 'x[]=1'],
  ...['access_token=x', 'access_token[]=x', 'a=http://127.0.0.1/?b=c&d=e', 'a=1&a=2', '%61ccess_token=x', ';a=1', '??'],
  ...[`a=${'b'.repeat(4000)}`, Array.from({ length: 300 }, (_, index) => `a${index}=1`).join('&'), 'type=icon&type=x'],
  ...['limit=0', 'limit=201', 'limit=1e2', 'limit=-1', 'limit=', 'cursor=', 'cursor=AAAA', 'cursor=%00', 'state=x'],
  ...['appid=', 'quantity=0', 'quantity=99999999999999999', 'type=license', 'resp_type=9', 'upload_type=1'],
]
const PATHS: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => `${path}/x`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => `${path}%00`,
  (path) => `${path}%`,
  (path) => `${path};x=1`,
  (path) => `http://example.com${path}`,
  (path) => path.replace('/', '/../'),
  (path) => path.replace(/\/([^/]*)$/, '/%2e%2e/$1'),
  (path) => path.replace(/[^/]+$/, 'x'.repeat(300)),
]
const TYPES = [
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=gbk',
  'application/x-www-form-urlencoded',
  'text/plain;;;=',
  'x',
  '/',
  ';',
  'application/json, application/json',
  'application/problem+json',
  'a'.repeat(3000),
]
const HEADERS: readonly Record<string, string>[] = [
  { 'content-encoding': 'gzip' },
  { 'if-match': '*' },
  { 'if-match': '"999999999"' },
  { 'if-match': '1' },
  { authorization: 'Bearer x' },
  { authorization: 'Basic eDp4' },
  { 'x-forwarded-for': '10.0.0.1, \u00ff' },
  { 'accept-encoding': 'gzip, br' },
  { accept: 'text/html' },
  { host: '[' },
  { host: '' },
  { connection: 'close' },
  { cookie: '__proto__=x; =; a' },
  { cookie: 'shenpi=x; shenpi=y' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { 'last-event-id': '\u00ff' },
  { range: 'bytes=0-' },
  { 'x-http-method-override': 'DELETE' },
]

const around = (name: string, changed: (request: Outgoing) => Partial<Outgoing>): Mutation => ({
  name,
  in: 'request',
  change: (request) => ({ ...request, ...changed(request) }),
})
const withoutToken = (query: string) => query.replace(/(^|&)access_token=[^&]*/, '')

const envelopeMutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...METHODS).map((method) => around(method, () => ({ method }))) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...TOKENS).map((token) =>
      around('a token that is none', (request) => ({
        query: `access_token=${token}&${withoutToken(request.query)}`,
        headers: { ...request.headers, ...(request.headers.authorization && { authorization: `Bearer ${token}` }) },
      })),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      around('no token', ({ query, headers: { authorization: _, ...headers } }) => ({
        query: withoutToken(query),
        headers,
      })),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...QUERIES), fc.boolean()).map(([more, first]) =>
      around(`${more.slice(0, 30)} in the query`, ({ query }) => ({
        query: first ? `${more}&${query}` : `${query}&${more}`,
      })),
    ),
  },
  {
    weight: 1,
    // The host of an absolute URL is not changed a second time: that would be no HTTP.
    arbitrary: fc
      .constantFrom(...PATHS)
      .map((to) => around('another path', ({ path }) => ({ path: path.startsWith('/') ? to(path) : path }))),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...TYPES).map((type) =>
      around(`Content-Type ${type.slice(0, 30)}`, ({ headers }) => ({
        headers: { ...headers, 'content-type': type },
      })),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...HEADERS)
      .map((more) => around(JSON.stringify(more), ({ headers }) => ({ headers: { ...headers, ...more } }))),
  },
)

/** The bodies that cost most to read, as large as they may be. Made when first sent, and kept. */
const hostile: fc.Arbitrary<Mutation> = fc.constantFrom(
  ...Object.entries(hostileJson(BODY_MAX_BYTES, HOSTILE_VALUES)).map(([name, make]) => {
    const body = once(() => Buffer.from(make()))
    return { name: `1 MB of JSON: ${name}`, in: 'body', change: () => body() } satisfies Mutation
  }),
  ...Object.entries(hostileForms(UPLOAD_MAX_BYTES)).map(([name, make]) => {
    const form = once(make)
    return around(`10 MB of a form: ${name}`, ({ headers }) => ({
      ...form(),
      headers: { ...headers, ...form().headers },
    }))
  }),
)

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Faults in the bytes of a body, and in the request around it. */
export const requestMutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 300, arbitrary: bodyMutations },
  { weight: 300, arbitrary: envelopeMutations },
  { weight: 1, arbitrary: fc.constant(largeBody) },
  { weight: 6, arbitrary: hostile },
)
