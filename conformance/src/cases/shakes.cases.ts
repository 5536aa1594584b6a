import { pages } from '@shenpi/sdk/contract/wire/pages'
import { relations } from '@shenpi/sdk/contract/wire/relations'
import { shakes } from '@shenpi/sdk/contract/wire/shakes'
import type { ConformanceCase, Story } from '../case.ts'
import { ABSENT, each, NO_OBJECTS, refused } from '../refused.ts'
import { aPage } from '../requests.ts'
import { beaconOf, PICTURES, pageId, STORES } from '../world/named.ts'
import { OPENID } from '../world/world.ts'

const { getShakeInfo } = shakes

const SHAKEN = { page_id: pageId(1), beacon_info: { ...beaconOf(1), distance: 2.35 }, openid: OPENID }
const info = (name: string, request: Record<string, unknown>, answer: unknown = SHAKEN): ConformanceCase => ({
  name,
  call: getShakeInfo,
  request: { ticket: '{ticket}', ...request },
  answer,
})

/** Source: docs/protocol/shakearound.md, user/getshakeinfo. */
const TICKETS: readonly ConformanceCase[] = [
  {
    name: 'adds the page that a phone is shown',
    call: pages.pageAdd,
    request: aPage(PICTURES.merchant.icon),
    keep: { page1: 'page_id' },
  },
  {
    name: 'binds the device that a phone shakes near to its page',
    call: relations.deviceBindPage,
    request: { device_identifier: beaconOf(1), page_ids: [pageId(1)] },
  },
  { ...info('a ticket', {}), given: 'a phone shakes near device 1, which has page 1' },
  ...[1, true, '1'].map((need_poi) =>
    info(`need_poi ${JSON.stringify(need_poi)}`, { need_poi }, { ...SHAKEN, poi_id: STORES.approved }),
  ),
  ...[false, 0, 2, null, { toString: 1, valueOf: 1 }].map((need_poi) =>
    info(`need_poi ${JSON.stringify(need_poi)}`, { need_poi }),
  ),
  ...refused(getShakeInfo, 'merchant', 9001001, NO_OBJECTS),
  ...refused(getShakeInfo, 'merchant', 9001003, [
    ...each((body) => body, 'ticket', [
      ...ABSENT,
      ['empty', ''],
      ['a number', 12],
      ['that is invented', '0123456789abcdef0123456789abcdef'],
      ['with more behind it', '{ticket}00'],
      ['of 1024 characters', 'f'.repeat(1024)],
      ['of 1025 characters', 'f'.repeat(1025)],
    ]),
  ]),
  ...refused(getShakeInfo, 'stranger', 9001003, [["another account's ticket", { ticket: '{ticket}' }]]),
  ...refused(getShakeInfo, 'newcomer', 9001020, [['by the newcomer', { ticket: '{ticket}' }]]),
  { ...info('a ticket of half an hour less a second', {}), given: 'half an hour less a second passes' },
  {
    name: 'a ticket of half an hour',
    call: getShakeInfo,
    given: 'a second passes',
    request: { ticket: '{ticket}' },
    errcode: 9001003,
  },
]

export const SHAKES_STORY: Story = { subject: 'shakes', cases: TICKETS }
