import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import type { ConformanceCase, Story } from '../case.ts'
import { each, NO_OBJECTS, NO_TEXTS, type Row, refused } from '../refused.ts'
import { CREDENTIALS } from '../world/named.ts'

const { token, stableToken } = tokens
const { newcomer, stranger } = CREDENTIALS
const UNKNOWN_APPID = 'wx0123456789abcdef'
const UNKNOWN_SECRET = '0'.repeat(32)

const credentials = (changes: Record<string, unknown> = {}) => ({
  grant_type: 'client_credential',
  ...newcomer,
  ...changes,
})

/** What is refused in a query and in a body alike. */
const SHARED: readonly (readonly [errcode: number, rows: readonly Row[]])[] = [
  [
    40002,
    each(credentials, 'grant_type', [
      ['absent', undefined],
      ['empty', ''],
      ['another', 'password'],
    ]),
  ],
  [
    41002,
    each(credentials, 'appid', [
      ['absent', undefined],
      ['empty', ''],
    ]),
  ],
  [
    40013,
    each(credentials, 'appid', [
      ['unknown', UNKNOWN_APPID],
      ['in capitals', '{newcomerAppidInCapitals}'],
      ['with U+0000', `${newcomer.appid}\0`],
    ]),
  ],
  [
    41004,
    each(credentials, 'secret', [
      ['absent', undefined],
      ['empty', ''],
    ]),
  ],
  [
    40125,
    each(credentials, 'secret', [
      ['wrong', UNKNOWN_SECRET],
      ['short', 'x'],
      ["another account's", stranger.secret],
      ['with U+0000', `${newcomer.secret}\0`],
    ]),
  ],
]

const bodies = (errcode: number, rows: readonly Row[]) => refused(stableToken, null, errcode, rows)
const query = (name: string, text: string, errcode: number): ConformanceCase => ({
  name,
  call: token,
  by: null,
  query: text,
  errcode,
})
const GRANT = 'grant_type=client_credential'

/** Source: docs/protocol/platform.md, token, stable_token. */
const REFUSED: readonly ConformanceCase[] = [
  ...SHARED.flatMap(([errcode, rows]) => [...refused(token, null, errcode, rows), ...bodies(errcode, rows)]),
  query('no arguments at all', '', 40002),
  query('an appid twice', `${GRANT}&appid=a&appid=b&secret=${newcomer.secret}`, 41002),
  query('a secret twice', `${GRANT}&appid=${newcomer.appid}&secret=a&secret=b`, 41004),
  query('an appid that does not decode', `${GRANT}&appid=%zz%ff&secret=${newcomer.secret}`, 40013),
  ...bodies(40002, each(credentials, 'grant_type', [['null', null]])),
  ...bodies(41002, each(credentials, 'appid', [['null', null], ...NO_TEXTS])),
  ...bodies(41004, each(credentials, 'secret', [['null', null], ...NO_TEXTS])),
  ...bodies(
    47001,
    each(credentials, 'force_refresh', [
      ['a text', 'true'],
      ['1', 1],
      ['an array', []],
      ['an object', {}],
    ]),
  ),
  ...bodies(47001, NO_OBJECTS),
]

/** Accounts that know their secret and may not use it, and strangers who are not told so. */
const FROZEN: readonly ConformanceCase[] = [token, stableToken].flatMap((call) => [
  ...refused(call, null, 50007, [['of a frozen account', credentials(CREDENTIALS.frozen)]]),
  ...refused(call, null, 40243, [['with a frozen secret', credentials(CREDENTIALS.secretFrozen)]]),
  ...refused(call, null, 40125, [
    ['a wrong secret of a frozen account', credentials({ ...CREDENTIALS.frozen, secret: UNKNOWN_SECRET })],
    ['a wrong secret while it is frozen', credentials({ ...CREDENTIALS.secretFrozen, secret: UNKNOWN_SECRET })],
  ]),
])

const ANSWERED: readonly ConformanceCase[] = [
  {
    name: 'a token',
    call: token,
    by: null,
    request: credentials(),
    answer: { expires_in: '{tokenLife}' },
    keep: { newToken: 'access_token' },
  },
  {
    name: 'a secret first, and an argument that nobody knows',
    call: token,
    by: null,
    query: `secret=${newcomer.secret}&a=&appid=${newcomer.appid}&${GRANT}`,
    answer: { expires_in: '{tokenLife}' },
  },
  {
    name: 'a token',
    call: stableToken,
    by: null,
    request: credentials(),
    answer: { expires_in: '{tokenLife}' },
    keep: { stable: 'access_token' },
  },
  {
    name: 'the same token, as long as it is good',
    call: stableToken,
    by: null,
    request: credentials({ force_refresh: false }),
    answer: { access_token: '{stable}', expires_in: '{tokenLife}' },
  },
  {
    name: 'force_refresh null',
    call: stableToken,
    by: null,
    request: credentials({ force_refresh: null }),
    answer: { access_token: '{stable}' },
  },
  { name: 'a forced refresh', call: stableToken, by: null, request: credentials({ force_refresh: true }) },
  {
    name: 'the 21st forced refresh of a day',
    call: stableToken,
    by: null,
    given: 'the stranger has forced 20 refreshes today',
    request: credentials({ ...stranger, force_refresh: true }),
    errcode: 45009,
  },
]

const BY_HTTP: readonly ConformanceCase[] = [
  {
    name: 'by plain HTTP, where HTTPS is required',
    call: token,
    by: null,
    given: 'the operator requires HTTPS',
    request: credentials(),
    errcode: 43003,
  },
  {
    name: 'by HTTPS, where it is required',
    call: token,
    by: null,
    headers: { 'x-forwarded-proto': 'https' },
    request: credentials(),
  },
]

export const TOKENS_STORY: Story = { subject: 'tokens', cases: [...REFUSED, ...FROZEN, ...ANSWERED, ...BY_HTTP] }
