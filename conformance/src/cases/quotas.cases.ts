import { categories } from '@shenpi/sdk/contract/wire/categories'
import { quotas } from '@shenpi/sdk/contract/wire/quotas'
import { requests } from '@shenpi/sdk/contract/wire/requests'
import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import type { ConformanceCase, Story } from '../case.ts'
import { ABSENT, each, NO_OBJECTS, NO_TEXTS, refused } from '../refused.ts'
import { CREDENTIALS, daysAgo, type Member, NOW } from '../world/world.ts'

const { token } = tokens
const { clearQuota, clearQuotaV2, quotaGet } = quotas
const { ridGet } = requests
const { merchant, stranger, newcomer } = CREDENTIALS
const same = (body: Record<string, unknown>) => body
const appsecret = (changes: Record<string, unknown> = {}) => ({
  appid: merchant.appid,
  appsecret: merchant.secret,
  ...changes,
})

const withSecret = (member: Member) => {
  const { appid, secret } = CREDENTIALS[member]
  return appsecret({ appid, appsecret: secret })
}

/** A rid of a second, which nobody was given. */
const ridOf = (seconds: number) => `${seconds.toString(16).padStart(8, '0')}-09059ac5-34a8e2ea`
const WEEK_S = 7 * 24 * 60 * 60

/** Source: docs/protocol/platform.md, quotas, rid/get. */
const CASES: readonly ConformanceCase[] = [
  {
    name: 'of a path that is served',
    call: quotaGet,
    request: { cgi_path: '/shop/audit/audit_brand' },
    answer: { quota: { daily_limit: 2_147_483_647, used: 0, remain: 2_147_483_647 } },
  },
  ...refused(quotaGet, 'merchant', 76021, [
    ...NO_OBJECTS,
    ...each(same, 'cgi_path', [
      ...ABSENT,
      ...NO_TEXTS,
      ['that is not served', '/cgi-bin/x'],
      ['without its slash', 'shop/cat/get'],
      ['with its host', 'https://api.weixin.qq.com/shop/cat/get'],
      ['of 200 characters', `/${'x'.repeat(199)}`],
      ['of 201 characters', `/${'x'.repeat(200)}`],
    ]),
  ]),
  ...refused(quotaGet, 'merchant', 76022, each(same, 'cgi_path', [['that is not counted', '/cgi-bin/clear_quota']])),

  ...refused(clearQuota, 'merchant', 47001, NO_OBJECTS),
  ...refused(clearQuota, 'merchant', 41002, each(same, 'appid', [...ABSENT, ['empty', ''], ...NO_TEXTS])),
  ...refused(
    clearQuota,
    'merchant',
    40013,
    each(same, 'appid', [
      ["another account's", stranger.appid],
      ["nobody's", 'wx0'],
    ]),
  ),
  { name: 'the own appid', call: clearQuota, request: { appid: merchant.appid } },
  {
    name: 'the 11th reset of a month',
    call: clearQuota,
    given: 'the merchant has reset its quota 10 times this month',
    request: { appid: merchant.appid },
    errcode: 48006,
  },

  ...refused(clearQuotaV2, null, 41002, each(appsecret, 'appid', [...ABSENT, ['empty', ''], ...NO_TEXTS])),
  ...refused(clearQuotaV2, null, 40013, each(appsecret, 'appid', [["nobody's", 'wx0']])),
  ...refused(clearQuotaV2, null, 41004, each(appsecret, 'appsecret', [...ABSENT, ['empty', ''], ...NO_TEXTS])),
  ...refused(
    clearQuotaV2,
    null,
    40125,
    each(appsecret, 'appsecret', [
      ["another account's", stranger.secret],
      ['wrong', '0'.repeat(32)],
    ]),
  ),
  ...refused(clearQuotaV2, null, 50007, [['of a frozen account', withSecret('frozen')]]),
  ...refused(clearQuotaV2, null, 40243, [['with a frozen secret', withSecret('secretFrozen')]]),
  ...refused(clearQuotaV2, null, 48006, [['the 11th reset of a month, whichever the call', appsecret()]]),
  {
    name: 'appid and appsecret in the body',
    call: clearQuotaV2,
    by: null,
    request: { appid: stranger.appid, appsecret: stranger.secret },
  },
  {
    name: 'appid and appsecret in the query',
    call: clearQuotaV2,
    by: null,
    query: `appid=${newcomer.appid}&appsecret=${newcomer.secret}`,
  },

  ...refused(ridGet, 'merchant', 76002, [
    ...NO_OBJECTS,
    ...each(same, 'rid', [
      ...ABSENT,
      ...NO_TEXTS,
      ['empty', ''],
      ['in capitals', '617682E0-09059AC5-34A8E2EA'],
      ['of two groups', '617682e0-09059ac5'],
    ]),
  ]),
  ...refused(
    ridGet,
    'merchant',
    76001,
    each(same, 'rid', [
      ["nobody's", ridOf(NOW)],
      ['of the time to come', 'ffffffff-00000000-00000000'],
      ["nobody's of seven days ago", ridOf(NOW - WEEK_S)],
    ]),
  ),
  ...refused(
    ridGet,
    'merchant',
    76004,
    each(same, 'rid', [
      ['of 2021', '617682e0-09059ac5-34a8e2ea'],
      ['of eight days ago', ridOf(daysAgo(8))],
    ]),
  ),
  {
    name: 'a call that was refused',
    call: ridGet,
    given: 'the merchant and the stranger were refused something',
    request: { rid: '{merchantsRid}' },
    answer: {
      request: {
        invoke_time: NOW,
        request_url: '/shop/audit/result?access_token=***',
        request_body: '{',
        response_body: '{"errcode":47001,"errmsg":"data format error rid: {merchantsRid}"}',
        client_ip: '127.0.0.1',
      },
    },
    keep: { costMs: 'request.cost_in_ms' },
  },
  ...refused(ridGet, 'merchant', 76003, [["another account's", { rid: '{strangersRid}' }]]),
]

const listing = (name: string, rest: Pick<ConformanceCase, 'given' | 'errcode'>): ConformanceCase => ({
  name,
  call: categories.catGet,
  by: 'stranger',
  request: {},
  ...rest,
})

/** What any call is refused with when a limit of the account is used up. Source: docs/protocol/platform.md, quotas; IP list. */
const LIMITS: readonly ConformanceCase[] = [
  listing('the first call of a minute', { given: 'the stranger may make a call once a minute' }),
  listing('the second call of a minute', { errcode: 45011 }),
  listing('the first call of the next minute', { given: 'a minute passes' }),
  listing('the third call of a day that has one', {
    given: 'the stranger may make a call once a day',
    errcode: 45009,
  }),
  listing('a call of the shop too many in a second', {
    given: 'the stranger has made 20,000 calls of the shop this second',
    errcode: 300000,
  }),
  {
    ...listing('from an address that is not on the list', { errcode: 40164 }),
    given: 'the stranger is served from 203.0.113.7 alone',
  },
  {
    name: 'from an address that is not on the list',
    call: token,
    by: null,
    request: { grant_type: 'client_credential', ...stranger },
    errcode: 40164,
  },
]

export const QUOTAS: Story = { subject: 'quotas', cases: [...CASES, ...LIMITS] }
