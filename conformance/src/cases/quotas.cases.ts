import { categories } from '@shenpi/sdk/contract/wire/categories'
import { quotas } from '@shenpi/sdk/contract/wire/quotas'
import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import { after, type ConformanceCase, needing, type Story } from '../case.ts'
import { ABSENT, each, NO_OBJECTS, NO_TEXTS, refused } from '../refused.ts'
import { CREDENTIALS } from '../world/named.ts'

const { token } = tokens
const { clearQuota, clearQuotaV2, quotaGet } = quotas
const { merchant, stranger, newcomer } = CREDENTIALS
const same = (body: Record<string, unknown>) => body
const appsecret = (changes: Record<string, unknown> = {}) => ({
  appid: merchant.appid,
  appsecret: merchant.secret,
  ...changes,
})

const withSecret = (member: 'frozen' | 'secretFrozen') => {
  const { appid, secret } = CREDENTIALS[member]
  return appsecret({ appid, appsecret: secret })
}

/** Source: docs/protocol/platform.md, quotas. */
const CASES: readonly ConformanceCase[] = [
  {
    name: 'of a path that is served',
    call: quotaGet,
    request: { cgi_path: '/shop/audit/audit_brand' },
    answer: { quota: { daily_limit: '{callsADay}', used: '{callsUsed}', remain: '{callsLeft}' } },
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
  ...after(
    'the merchant has reset its quota 10 times this month',
    refused(clearQuotaV2, null, 48006, [['the 11th reset of a month, whichever the call', appsecret()]]),
  ),
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
  {
    ...listing('the second call of a minute', { errcode: 45011 }),
    after: 'the stranger may make a call once a minute',
  },
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
    after: 'the stranger is served from 203.0.113.7 alone',
    request: { grant_type: 'client_credential', ...stranger },
    errcode: 40164,
  },
]

export const QUOTAS_STORY: Story = {
  subject: 'quotas',
  cases: [...CASES, ...needing('the stranger is a new account', LIMITS)],
}
