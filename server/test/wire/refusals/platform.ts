import { platform } from '@shenpi/sdk'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { World } from '../world.ts'
import { NO_OBJECTS, NO_TEXTS, type Refusal } from './refusal.ts'

const { token, stableToken } = platform
const GRANT = 'grant_type=client_credential'

/** A query of the plain call, with what the world knows put in. */
const query = (name: string, problem: ProblemCode, text: (appid: string, secret: string) => string): Refusal => ({
  call: token,
  name,
  problem,
  as: null,
  request: ({ newcomer: { appid, secret } }) => ({ query: text(appid, secret) }),
})

/** A body of the stable call: a valid one, changed. */
const body = (name: string, problem: ProblemCode, change: Record<string, unknown> | ((world: World) => object)) => ({
  call: stableToken,
  name,
  problem,
  as: null,
  request: (world: World) => {
    const { appid, secret } = world.newcomer
    const changes = typeof change === 'function' ? change(world) : change
    return { body: { grant_type: 'client_credential', appid, secret, ...changes } }
  },
})

type Credentials = Pick<World['secretFrozen'], 'appid' | 'secret'>

const ZEROS = '0'.repeat(32)

/** Accounts that know their secret and may not use it, and strangers who are not told so. */
const FROZEN: readonly (readonly [name: string, problem: ProblemCode, of: (world: World) => Credentials])[] = [
  ['a frozen account', 'account.frozen', ({ frozen }) => frozen],
  ['a frozen secret', 'credential.secret_frozen', ({ secretFrozen }) => secretFrozen],
  ['a wrong secret of a frozen account', 'credential.secret_invalid', ({ frozen }) => ({ ...frozen, secret: ZEROS })],
  [
    'a wrong secret while it is frozen',
    'credential.secret_invalid',
    (world) => ({ ...world.secretFrozen, secret: ZEROS }),
  ],
]

export const platformRefusals: Refusal[] = [
  ...FROZEN.flatMap(([name, problem, of]) => [
    {
      call: token,
      name,
      problem,
      as: null,
      request: (world: World) => ({ query: `${GRANT}&appid=${of(world).appid}&secret=${of(world).secret}` }),
    },
    body(name, problem, (world) => ({ appid: of(world).appid, secret: of(world).secret })),
  ]),
  query('no arguments at all', 'credential.grant_type_invalid', () => ''),
  query('no grant_type', 'credential.grant_type_invalid', (id, secret) => `appid=${id}&secret=${secret}`),
  query('an empty grant_type', 'credential.grant_type_invalid', (id, s) => `grant_type=&appid=${id}&secret=${s}`),
  query(
    'another grant_type',
    'credential.grant_type_invalid',
    (id, s) => `grant_type=password&appid=${id}&secret=${s}`,
  ),
  query('no appid', 'credential.appid_missing', (_, secret) => `${GRANT}&secret=${secret}`),
  query('an empty appid', 'credential.appid_missing', (_, secret) => `appid=&${GRANT}&secret=${secret}`),
  query('no secret', 'credential.secret_missing', (appid) => `${GRANT}&appid=${appid}`),
  query('an empty secret', 'credential.secret_missing', (appid) => `secret=&${GRANT}&appid=${appid}`),
  query('an unknown appid', 'credential.appid_invalid', (_, s) => `${GRANT}&appid=wx0123456789abcdef&secret=${s}`),
  query(
    'an appid in capitals',
    'credential.appid_invalid',
    (id, s) => `${GRANT}&appid=${id.toUpperCase()}&secret=${s}`,
  ),
  query('an appid with a NUL', 'credential.appid_invalid', (id, s) => `${GRANT}&appid=${id}%00&secret=${s}`),
  query('an appid that does not decode', 'credential.appid_invalid', (_, s) => `${GRANT}&appid=%zz%ff&secret=${s}`),
  query('a wrong secret', 'credential.secret_invalid', (appid) => `${GRANT}&appid=${appid}&secret=${ZEROS}`),
  query('a secret with a NUL', 'credential.secret_invalid', (appid, s) => `${GRANT}&appid=${appid}&secret=${s}%00`),
  query('a short secret', 'credential.secret_invalid', (appid) => `${GRANT}&appid=${appid}&secret=x`),
  {
    call: token,
    name: "another account's secret",
    problem: 'credential.secret_invalid',
    as: null,
    request: ({ newcomer, stranger }) => ({ query: `${GRANT}&appid=${newcomer.appid}&secret=${stranger.secret}` }),
  },

  body('no grant_type', 'credential.grant_type_invalid', { grant_type: undefined }),
  body('grant_type null', 'credential.grant_type_invalid', { grant_type: null }),
  body('another grant_type', 'credential.grant_type_invalid', { grant_type: 'password' }),
  body('no appid', 'credential.appid_missing', { appid: undefined }),
  body('appid null', 'credential.appid_missing', { appid: null }),
  body('an empty appid', 'credential.appid_missing', { appid: '' }),
  body('an unknown appid', 'credential.appid_invalid', { appid: 'wx0123456789abcdef' }),
  body('an appid with a NUL', 'credential.appid_invalid', { appid: 'wx\u0000' }),
  body('no secret', 'credential.secret_missing', { secret: undefined }),
  body('an empty secret', 'credential.secret_missing', { secret: '' }),
  body('a wrong secret', 'credential.secret_invalid', { secret: ZEROS }),
  body("another account's secret", 'credential.secret_invalid', ({ stranger: { secret } }) => ({ secret })),
  ...NO_TEXTS.map(([name, value]) => body(`appid ${name}`, 'credential.appid_missing', { appid: value })),
  ...NO_TEXTS.map(([name, value]) => body(`secret ${name}`, 'credential.secret_missing', { secret: value })),
  ...['true', 1, [], {}].map((value) =>
    body(`force_refresh ${JSON.stringify(value)}`, 'body.unparsable', { force_refresh: value }),
  ),
  ...NO_OBJECTS.map(
    ([name, text]): Refusal => ({
      call: stableToken,
      name: `${name} for an object`,
      problem: 'body.unparsable',
      as: null,
      request: () => ({ body: text }),
    }),
  ),
  body('the 21st forced refresh of a day', 'token.refresh_quota', ({ tired }) => ({ ...tired, force_refresh: true })),
]
