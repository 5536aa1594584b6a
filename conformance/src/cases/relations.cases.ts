import { relations } from '@shenpi/sdk/contract/wire/relations'
import type { ConformanceCase } from '../case.ts'
import { each, NO_NUMBERS, refused } from '../refused.ts'
import { beaconOf, deviceId, inDigits, pageId, STRANGERS } from '../world/named.ts'
import { UNKNOWN } from '../world/world.ts'
import { device, refuseDevices, search } from './shown-device.ts'

const { deviceBindPage, relationSearch } = relations

const pages = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const pageIds = (...numbers: number[]) => numbers.map(pageId)

const related = (number: number, page: number) => ({
  device_id: deviceId(number),
  ...beaconOf(number),
  page_id: pageId(page),
})
const pagesOf = (name: string, number: number, pages: number[]): ConformanceCase => ({
  name,
  call: relationSearch,
  request: { type: 1, ...device(number) },
  answer: { relations: pages.map((page) => related(number, page)), total_count: pages.length },
})

const bind = (name: string, request: Record<string, unknown>, errcode?: number): ConformanceCase => ({
  name,
  call: deviceBindPage,
  request: { ...device(1), ...request },
  ...(errcode && { errcode }),
})

const BINDING: readonly ConformanceCase[] = [
  {
    ...bind('pages are bound, one named twice', { page_ids: pageIds(2, 1, 2) }),
    given: 'the merchant has pages 1 to 31',
  },
  pagesOf('the device has them', 1, [1, 2]),
  search('device/search joins them by commas', 1, { comment: 'w'.repeat(30), page_ids: pageIds(1, 2).join(',') }),
  bind('other pages take their place', { page_ids: pageIds(2, 3) }),
  pagesOf('the device has the others alone', 1, [2, 3]),
  bind('bind 1, append 1 adds', { page_ids: pageIds(3, 4), bind: 1, append: 1 }),
  pagesOf('the device has all three', 1, [2, 3, 4]),
  bind('bind 0 unbinds those named, and passes over one that is not bound', {
    page_ids: pageIds(2, 3, 9),
    bind: 0,
    append: 0,
  }),
  pagesOf('the device has the rest', 1, [4]),
  bind('bind 0 unbinds nothing when it names nothing', { page_ids: [], bind: 0 }),
  pagesOf('the device has it still', 1, [4]),
  bind('bind 1, append 0 overwrites', { page_ids: pageIds(5), bind: 1, append: 0 }),
  pagesOf('the device has what it was given', 1, [5]),
  bind('append 1 alone adds', { page_ids: [inDigits(pageId(6))], append: '1' }),
  pagesOf('the device has both', 1, [5, 6]),
  bind('an empty list clears', { page_ids: [] }),
  pagesOf('the device has none', 1, []),
  bind('30 pages are bound', { page_ids: pageIds(...pages(1, 30)) }),
  pagesOf('the device has 30', 1, pages(1, 30)),
  bind('31 pages are too many', { page_ids: pageIds(...pages(1, 31)) }, 9001037),
  bind('one more than 30 is too many', { page_ids: pageIds(31), bind: 1, append: 1 }, 9001037),
  bind('one that it has already is not', { page_ids: pageIds(30), bind: 1, append: 1 }),
  bind('an unknown page', { page_ids: [pageId(1), UNKNOWN] }, 9001026),
  bind('an unknown page to unbind', { page_ids: [UNKNOWN], bind: 0 }, 9001026),
  bind("another account's page", { page_ids: [pageId(1), STRANGERS.page] }, 9001026),
  bind("another account's page to unbind", { page_ids: [STRANGERS.page], bind: 0 }, 9001026),
  bind('page 0', { page_ids: [0] }, 9001026),
  bind('a page that is no number', { page_ids: ['one'] }, 9001026),
  ...refused(deviceBindPage, 'merchant', 9001032, [
    ...each((form) => ({ ...device(1), page_ids: pageIds(1), ...form }), 'bind', NO_NUMBERS),
    ...each((form) => ({ ...device(1), page_ids: pageIds(1), ...form }), 'append', NO_NUMBERS),
  ]),
  {
    name: 'a device is named by its beacon',
    call: deviceBindPage,
    request: { device_identifier: beaconOf(5), page_ids: [] },
  },
  bind('no pages', {}, 9001032),
  bind('pages that are no list', { page_ids: 1 }, 9001032),
  bind('a bind of 2', { page_ids: pageIds(1), bind: 2 }, 9001032),
  bind('an append of 2', { page_ids: pageIds(1), append: 2 }, 9001032),
  ...refuseDevices('device/bindpage', deviceBindPage, { page_ids: [] }),
]

const relation = (
  name: string,
  request: Record<string, unknown>,
  expected: { errcode: number } | { answer: Record<string, unknown> },
): ConformanceCase => ({ name, call: relationSearch, request, ...expected })

const RELATIONS_FOUND: readonly ConformanceCase[] = [
  { name: 'device 4 is bound to page 30', call: deviceBindPage, request: { ...device(4), page_ids: pageIds(30) } },
  { name: 'device 8 is bound to page 30', call: deviceBindPage, request: { ...device(8), page_ids: pageIds(30) } },
  relation(
    'the devices of a page',
    { type: 2, page_id: pageId(30), begin: 0, count: 2 },
    { answer: { relations: [related(1, 30), related(4, 30)], total_count: 3 } },
  ),
  relation(
    'its other devices',
    { type: '2', page_id: inDigits(pageId(30)), begin: 2, count: 50 },
    { answer: { relations: [related(8, 30)], total_count: 3 } },
  ),
  relation(
    'the devices of a page, paging left out',
    { type: 2, page_id: pageId(30) },
    { answer: { total_count: 3, relations: [1, 4, 8].map((id) => related(id, 30)) } },
  ),
  relation(
    'a page without devices',
    { type: 2, page_id: pageId(31), begin: 0, count: 50 },
    { answer: { relations: [], total_count: 0 } },
  ),
  relation(
    'the pages of a device, whatever begin and count say',
    { type: 1, ...device(1), begin: 29, count: 1 },
    { answer: { relations: pages(1, 30).map((page) => related(1, page)), total_count: 30 } },
  ),
  relation(
    'an unknown page of relation/search',
    { type: 2, page_id: UNKNOWN, begin: 0, count: 1 },
    { errcode: 9001026 },
  ),
  relation(
    "another account's page of relation/search",
    { type: 2, page_id: STRANGERS.page, begin: 0, count: 1 },
    { errcode: 9001026 },
  ),
  relation('relation/search without type', device(1), { errcode: 9001001 }),
  relation('a type 3 of relation/search', { type: 3, ...device(1) }, { errcode: 9001001 }),
  ...refused(relationSearch, 'merchant', 9001001, [
    ...each((type) => ({ ...device(1), ...type }), 'type', [['0', 0], ...NO_NUMBERS]),
    ...each((page) => ({ type: 2, page_id: pageId(30), ...page }), 'count', NO_NUMBERS),
  ]),
  ...refused(
    relationSearch,
    'merchant',
    9001026,
    each((page) => ({ type: 2, ...page }), 'page_id', [['0', 0], ...NO_NUMBERS]),
  ),
  relation(
    'the pages of a device that is named by its beacon',
    { type: 1, device_identifier: beaconOf(8) },
    { answer: { relations: [related(8, 30)], total_count: 1 } },
  ),
  relation('the pages of no device', { type: 1, page_id: pageId(30) }, { errcode: 9001001 }),
  relation('the devices of no page', { type: 2, begin: 0, count: 1 }, { errcode: 9001001 }),
  relation('51 relations asked for', { type: 2, page_id: pageId(30), begin: 0, count: 51 }, { errcode: 9001001 }),
  relation('no relation asked for', { type: 2, page_id: pageId(30), begin: 0, count: 0 }, { errcode: 9001001 }),
  relation('relations from -1 on', { type: 2, page_id: pageId(30), begin: -1, count: 1 }, { errcode: 9001036 }),
  ...refuseDevices('relation/search', relationSearch, { type: 1 }).filter(({ name }) => name !== 'no device'),
]

/** They go on where those of the devices end. */
export const RELATIONS: readonly ConformanceCase[] = [...BINDING, ...RELATIONS_FOUND]
