import { requests } from '@shenpi/sdk/contract/wire/requests'
import type { Story } from '../case.ts'
import { ABSENT, each, NO_OBJECTS, NO_TEXTS, refused } from '../refused.ts'
import { NOW } from '../world/named.ts'

const { ridGet } = requests
const same = (body: Record<string, unknown>) => body

/** Source: docs/protocol/platform.md, rid/get. */
export const REQUESTS_STORY: Story = {
  subject: 'requests',
  cases: [
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
        ["nobody's", '{ridOfNow}'],
        ['of the time to come', 'ffffffff-00000000-00000000'],
        ["nobody's of seven days ago", '{ridOfSevenDaysAgo}'],
      ]),
    ),
    ...refused(
      ridGet,
      'merchant',
      76004,
      each(same, 'rid', [
        ['of 2021', '617682e0-09059ac5-34a8e2ea'],
        ['of eight days ago', '{ridOfEightDaysAgo}'],
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
  ],
}
