import { pages } from '@shenpi/sdk/contract/wire/pages'
import { relations } from '@shenpi/sdk/contract/wire/relations'
import type { ConformanceCase, Story } from '../case.ts'
import { each, NO_NUMBERS, NO_TEXTS, NUL, type Row, refused } from '../refused.ts'
import { aPage as aPageWith } from '../requests.ts'
import { deviceId, inDigits, PICTURES, pageId, STRANGERS } from '../world/named.ts'
import { UNKNOWN } from '../world/world.ts'

const STRANGER_IS_NEW = 'the stranger is a new account'
const ALONE = 'it has no other pages'
const { pageAdd, pageUpdate, pageSearch, pageDelete } = pages
const { deviceBindPage } = relations
const aPage = (changes: Record<string, unknown> = {}) => aPageWith(PICTURES.merchant.icon, changes)
const without = (field: string) => Object.fromEntries(Object.entries(aPage()).filter(([name]) => name !== field))
const shown = (page_id: unknown, changes: Record<string, unknown> = {}) => ({ page_id, ...aPage(changes) })

const pageIds = (...numbers: number[]) => numbers.map(pageId)
const added = (number: number) => ({ answer: { page_id: pageId(number) }, keep: { [`page${number}`]: 'page_id' } })

const ICON_PATH = '{merchantIconPath}'

const LONGEST = {
  title: 'w'.repeat(12),
  description: 'w'.repeat(14),
  comment: 'w'.repeat(30),
  page_url: `https://example.com/${'p'.repeat(2028)}`,
  icon_url: '{merchantIconOf2048}',
}

const BYE = { title: 'Bye', comment: 'changed' }

/** What page/add and page/update refuse alike. */
const FIELD_FAULTS: { name: string; page: Record<string, unknown> }[] = [
  { name: 'without a title', page: without('title') },
  { name: 'with an empty title', page: aPage({ title: '' }) },
  { name: 'with a title of 7 Chinese characters', page: aPage({ title: '王'.repeat(7) }) },
  { name: 'with a title of 13 letters', page: aPage({ title: 'w'.repeat(13) }) },
  { name: 'with a title that is no text', page: aPage({ title: 5 }) },
  { name: 'without a description', page: without('description') },
  { name: 'with an empty description', page: aPage({ description: '' }) },
  { name: 'with a description of 8 Chinese characters', page: aPage({ description: '王'.repeat(8) }) },
  { name: 'with a description of 15 letters', page: aPage({ description: 'w'.repeat(15) }) },
  { name: 'without a page_url', page: without('page_url') },
  { name: 'with a page_url that is no web address', page: aPage({ page_url: 'javascript:alert(1)' }) },
  { name: 'with a page_url that names no host', page: aPage({ page_url: 'https://' }) },
  { name: 'with a page_url in two lines', page: aPage({ page_url: 'https://example.com/\r\nLocation: x' }) },
  { name: 'with a page_url that holds U+0000', page: aPage({ page_url: 'https://example.com/\u0000' }) },
  { name: 'with an icon_url that holds U+0000', page: aPage({ icon_url: `http://\u0000${ICON_PATH}` }) },
  { name: 'with an icon_url in two lines', page: aPage({ icon_url: `http://a\r\nb${ICON_PATH}` }) },
  { name: 'with an icon_url that is no web address', page: aPage({ icon_url: `javascript:a${ICON_PATH}` }) },
  { name: 'with a page_url of blanks', page: aPage({ page_url: '  ' }) },
  { name: 'with a page_url of 2049 characters', page: aPage({ page_url: `https://example.com/${'p'.repeat(2029)}` }) },
  { name: 'with U+0000 in its page_url', page: aPage({ page_url: 'https://example.com/\0' }) },
  { name: 'with U+0000 before its own icon', page: aPage({ icon_url: `\0${PICTURES.merchant.icon}` }) },
  { name: 'without an icon_url', page: without('icon_url') },
  { name: 'with an icon from elsewhere', page: aPage({ icon_url: 'https://example.com/icon.png' }) },
  { name: 'with an icon that nobody uploaded', page: aPage({ icon_url: PICTURES.nobody.icon }) },
  { name: "with another account's icon", page: aPage({ icon_url: PICTURES.stranger.icon }) },
  { name: 'with a document for an icon', page: aPage({ icon_url: PICTURES.merchant.license }) },
  { name: 'with a comment of 16 Chinese characters', page: aPage({ comment: '王'.repeat(16) }) },
  { name: 'with an icon_url of 2049 characters', page: aPage({ icon_url: '{merchantIconOf2049}' }) },
  ...(['title', 'description', 'page_url', 'icon_url', 'comment'] as const).flatMap((field) =>
    [...NO_TEXTS, NUL, ...(field === 'comment' ? [] : ([['empty', '']] as const))].map(([name, value]) => ({
      name: `with a ${field} ${name}`,
      page: aPage({ [field]: value }),
    })),
  ),
  { name: 'with a comment of 31 letters', page: aPage({ comment: 'w'.repeat(31) }) },
]

const CASES: readonly ConformanceCase[] = [
  { name: 'pages need activation', call: pageAdd, by: 'newcomer', request: aPage(), errcode: 9001020 },
  { name: 'a page is added', call: pageAdd, request: aPage(), ...added(1) },
  {
    name: 'a page is as long as it may be in Chinese',
    call: pageAdd,
    request: aPage({ title: '王'.repeat(6), description: '王'.repeat(7), comment: '王'.repeat(15) }),
    ...added(2),
  },
  {
    name: 'a page is as long as it may be in letters, with an icon under another host',
    call: pageAdd,
    request: aPage(LONGEST),
    ...added(3),
  },
  { name: 'a page needs no comment', call: pageAdd, request: without('comment'), ...added(4) },
  {
    name: 'pages are numbered account by account',
    needs: STRANGER_IS_NEW,
    call: pageAdd,
    by: 'stranger',
    request: aPage({ icon_url: PICTURES.stranger.icon }),
    answer: { page_id: 1 },
  },
  ...FIELD_FAULTS.map(({ name, page }) => ({
    name: `a page ${name} is not added`,
    call: pageAdd,
    request: page,
    errcode: 9001027,
  })),
  { name: 'a list is no page', call: pageAdd, request: [aPage()], errcode: 9001027 },

  {
    name: 'page/update needs activation',
    call: pageUpdate,
    by: 'newcomer',
    request: shown(pageId(1)),
    errcode: 9001020,
  },
  {
    name: 'a page is changed to be as long as it may',
    call: pageUpdate,
    request: shown(pageId(1), LONGEST),
    answer: { page_id: pageId(1) },
  },
  {
    name: 'a page is changed',
    call: pageUpdate,
    request: shown(pageId(1), BYE),
    answer: { page_id: pageId(1) },
  },
  {
    name: 'links are taken without the blanks around them',
    call: pageUpdate,
    request: shown(pageId(1), {
      ...BYE,
      page_url: ' https://zb.weixin.qq.com\n',
      icon_url: `\t${PICTURES.merchant.icon} `,
    }),
    answer: { page_id: pageId(1) },
  },
  {
    name: 'links are listed without the blanks around them',
    call: pageSearch,
    request: { page_ids: pageIds(1) },
    answer: { pages: [shown(pageId(1), { ...BYE, page_url: 'https://zb.weixin.qq.com' })] },
  },
  {
    name: 'a page is changed and keeps its comment',
    call: pageUpdate,
    request: { page_id: inDigits(pageId(1)), ...without('comment'), title: 'Again' },
    answer: { page_id: pageId(1) },
  },
  ...FIELD_FAULTS.map(({ name, page }) => ({
    name: `a page ${name} is not changed`,
    call: pageUpdate,
    request: { page_id: pageId(1), ...page },
    errcode: 9001027,
  })),
  ...refused(
    pageUpdate,
    'merchant',
    9001026,
    each((page) => aPage(page), 'page_id', NO_NUMBERS),
  ),
  { name: 'an unnamed page is not changed', call: pageUpdate, request: aPage(), errcode: 9001026 },
  { name: 'page 0 is not changed', call: pageUpdate, request: shown(0), errcode: 9001026 },
  { name: 'an unknown page is not changed', call: pageUpdate, request: shown(UNKNOWN), errcode: 9001026 },
  {
    name: "another account's page is not changed",
    call: pageUpdate,
    request: shown(STRANGERS.page),
    errcode: 9001026,
  },

  {
    name: 'page/search needs activation',
    call: pageSearch,
    by: 'newcomer',
    request: { type: 2, begin: 0, count: 1 },
    errcode: 9001020,
  },
  {
    name: 'the first pages are listed',
    needs: ALONE,
    call: pageSearch,
    request: { type: 2, begin: 0, count: 2 },
    answer: {
      pages: [
        shown(pageId(1), { title: 'Again', comment: 'changed' }),
        shown(pageId(2), { title: '王'.repeat(6), description: '王'.repeat(7), comment: '王'.repeat(15) }),
      ],
      total_count: 4,
    },
  },
  {
    name: 'the last pages are listed, without type',
    needs: ALONE,
    call: pageSearch,
    request: { begin: 3, count: 50 },
    answer: { pages: [shown(pageId(4), { comment: '', icon_url: PICTURES.merchant.icon })], total_count: 4 },
  },
  {
    name: 'beyond the last page there is none',
    needs: ALONE,
    call: pageSearch,
    request: { type: 2, begin: 4, count: 50 },
    answer: { pages: [], total_count: 4 },
  },
  {
    name: 'pages named are listed in their order, each once',
    needs: ALONE,
    call: pageSearch,
    request: { type: 1, page_ids: pageIds(4, 1, 4) },
    answer: {
      pages: [shown(pageId(1), { title: 'Again', comment: 'changed' }), shown(pageId(4), { comment: '' })],
      total_count: 4,
    },
  },
  {
    name: 'pages named are listed, without type',
    needs: ALONE,
    call: pageSearch,
    request: { page_ids: pageIds(4) },
    answer: { pages: [shown(pageId(4), { comment: '' })], total_count: 4 },
  },
  {
    name: 'an account sees its own pages alone',
    needs: STRANGER_IS_NEW,
    call: pageSearch,
    by: 'stranger',
    request: { type: 2, begin: 0, count: 1 },
    answer: { pages: [shown(pageId(1), { icon_url: PICTURES.stranger.icon })], total_count: '{strangersPagesInAll}' },
  },
  {
    name: 'one unknown page, and none is shown',
    call: pageSearch,
    request: { type: 1, page_ids: [pageId(1), UNKNOWN] },
    errcode: 9001026,
  },
  {
    name: "another account's page, and none is shown",
    call: pageSearch,
    request: { type: 1, page_ids: [pageId(1), STRANGERS.page] },
    errcode: 9001026,
  },
  ...refused(pageSearch, 'merchant', 9001026, [
    ...each((named) => ({ type: 1, ...named }), 'page_ids', [
      ['a number', 1],
      ['of 0', [0]],
      ...NO_NUMBERS.map(([name, value]): Row => [`of ${name}`, [value]]),
    ]),
  ]),
  ...refused(pageSearch, 'merchant', 9001001, [
    ...each((type) => ({ begin: 0, count: 1, ...type }), 'type', [['0', 0], ...NO_NUMBERS]),
    // A count beyond the limit has a number of its own, so it is not among these.
    ...each(
      (page) => ({ type: 2, begin: 0, ...page }),
      'count',
      NO_NUMBERS.filter(([name]) => !name.startsWith('more')),
    ),
  ]),
  {
    name: '50 pages named',
    needs: ALONE,
    call: pageSearch,
    request: { type: 1, page_ids: Array.from({ length: 50 }, () => pageId(4)) },
    answer: { pages: [shown(pageId(4), { comment: '' })], total_count: 4 },
  },
  { name: 'pages named, none of them', call: pageSearch, request: { type: 1, page_ids: [] }, errcode: 9001026 },
  { name: 'pages named, not at all', call: pageSearch, request: { type: 1 }, errcode: 9001001 },
  { name: 'a type 3 of page/search', call: pageSearch, request: { type: 3, begin: 0, count: 1 }, errcode: 9001001 },
  {
    name: '51 pages named',
    call: pageSearch,
    request: { type: 1, page_ids: Array.from({ length: 51 }, () => pageId(1)) },
    errcode: 9001030,
  },
  { name: '51 pages asked for', call: pageSearch, request: { type: 2, begin: 0, count: 51 }, errcode: 9001030 },
  { name: 'no page asked for', call: pageSearch, request: { type: 2, begin: 0, count: 0 }, errcode: 9001001 },
  { name: 'pages from -1 on', call: pageSearch, request: { type: 2, begin: -1, count: 1 }, errcode: 9001036 },

  { name: 'page/delete needs activation', call: pageDelete, by: 'newcomer', request: { page_id: 1 }, errcode: 9001020 },
  {
    name: 'a device is bound to page 2',
    call: deviceBindPage,
    request: { device_identifier: { device_id: deviceId(1) }, page_ids: pageIds(2) },
  },
  { name: 'a page in use is not deleted', call: pageDelete, request: { page_id: pageId(2) }, errcode: 9001029 },
  {
    name: 'of pages one of which is in use none is',
    call: pageDelete,
    request: { page_ids: pageIds(1, 2) },
    errcode: 9001029,
  },
  {
    name: 'of pages one of which is unknown none is',
    call: pageDelete,
    request: { page_ids: [pageId(1), UNKNOWN] },
    errcode: 9001026,
  },
  { name: 'an unknown page is not deleted', call: pageDelete, request: { page_id: UNKNOWN }, errcode: 9001026 },
  {
    name: "another account's page is not deleted",
    call: pageDelete,
    request: { page_id: STRANGERS.page },
    errcode: 9001026,
  },
  ...refused(pageDelete, 'merchant', 9001026, [
    ...each((page) => page, 'page_id', [['0', 0], ...NO_NUMBERS]),
    ...each((pages) => pages, 'page_ids', [
      ['a number', 1],
      ['of 0', [0]],
      ...NO_NUMBERS.map(([name, value]): Row => [`of ${name}`, [value]]),
      ['of ten, one unknown', [...Array(9).fill(pageId(3)), UNKNOWN]],
    ]),
  ]),
  { name: 'no page is not deleted', call: pageDelete, request: {}, errcode: 9001026 },
  { name: 'an empty list is not deleted', call: pageDelete, request: { page_ids: [] }, errcode: 9001026 },
  {
    name: '11 pages are not deleted',
    call: pageDelete,
    request: { page_ids: Array.from({ length: 11 }, (_, index) => index + 1) },
    errcode: 9001028,
  },
  { name: 'a page is deleted', call: pageDelete, request: { page_id: pageId(1) } },
  { name: 'a page is deleted once', call: pageDelete, request: { page_id: pageId(1) }, errcode: 9001026 },
  { name: 'pages are deleted, one named twice', call: pageDelete, request: { page_ids: pageIds(3, 4, 3) } },
  {
    name: 'the others are still there',
    needs: ALONE,
    call: pageSearch,
    request: { type: 2, begin: 0, count: 1 },
    answer: { total_count: 1 },
  },
  {
    name: 'the number of a deleted page is not used again',
    call: pageAdd,
    request: aPage(),
    answer: { page_id: pageId(5) },
  },
]

export const PAGES_STORY: Story = { subject: 'pages', cases: CASES }
