import type { Choice } from './choices.ts'

const AT = '/shakearound'

/** Nothing reliable is published. */
export const UNCONFIRMED: readonly Choice[] = [
  {
    point: 'texts of the refusals',
    published: 'meanings in Chinese for most',
    choice: 'our own English, the published text where one is known',
    shownBy: ['server/test/conformance/stories.test.ts'],
  },
  {
    point: 'which number of Shake Nearby belongs to which call, and which check comes first',
    published: 'nothing',
    choice: 'by meaning; path, method, token, address, may the account call this, quota, body, fields, rule',
    shownBy: ['server/test/wire/order-of-checks.test.ts'],
  },
  {
    point: 'weight of emoji',
    published: 'nothing',
    choice: 'a code point counts once: 2',
    shownBy: [`${AT}/account/register: name of 20 and one emoji`],
  },
  {
    point: 'length of page_url',
    published: 'nothing',
    choice: '2048 characters, http or https',
    shownBy: [`${AT}/page/add: a page with a page_url of 2049 characters is not added`],
  },
  {
    point: 'form of phone numbers and e-mail addresses',
    published: 'nothing',
    choice: '5 to 30 digits, blanks, dashes and brackets; at most 254 characters with an @',
    shownBy: [`${AT}/account/register: phone_number of 31 digits`, `${AT}/account/register: email of 255 characters`],
  },
  {
    point: 'auditstatus before any application',
    published: 'nothing',
    choice: '9001020',
    shownBy: [`${AT}/account/auditstatus: by an account that never applied`],
  },
  {
    point: 'calls about devices, pages and groups before Shake Nearby is open',
    published: 'nothing',
    choice: '9001020',
    shownBy: [`${AT}/device/applyid: by the newcomer`, `${AT}/device/applyid: by the applicant`],
  },
  {
    point: 'how often a ticket is good',
    published: '30 minutes',
    choice: 'as often as it is asked about within them',
    shownBy: [
      `${AT}/user/getshakeinfo: need_poi 1`,
      `${AT}/user/getshakeinfo: a ticket of half an hour less a second`,
      `${AT}/user/getshakeinfo: a ticket of half an hour`,
    ],
  },
  {
    point: 'page_id of a lottery with a page of the merchant’s own',
    published: 'nothing',
    choice: '0',
    shownBy: [`${AT}/lottery/addlotteryinfo: a lottery with a page of the merchant’s own, as one client spells it`],
  },
  {
    point: 'logo of a lottery',
    published: '120×120',
    choice: 'any link by http or https',
    shownBy: [
      `${AT}/lottery/addlotteryinfo: as much as a lottery may have, off, the logo on another host, blanks around a link`,
    ],
  },
  {
    point: 'more packets than the `total` of a lottery',
    published: 'never above it',
    choice: '9001072, and none of the call is entered',
    shownBy: [`${AT}/lottery/setprizebucket: two packets into a lottery of one`],
  },
  {
    point: 'a lottery that is over, or another account’s',
    published: '9001091; nothing',
    choice: '9001091 for filling and switching; 9001070',
    shownBy: [
      `${AT}/lottery/setprizebucket: a lottery that is over is not filled`,
      `${AT}/lottery/setlotteryswitch: a lottery that is over is not switched`,
      `${AT}/lottery/querylottery: another account’s lottery`,
    ],
  },
  {
    point: 'counts of a lottery that is too large',
    published: 'not supported',
    choice: 'absent',
    shownBy: [`${AT}/lottery/querylottery: a lottery that was filled by more than 3,000 calls is not counted`],
  },
  {
    point: 'who wins, and the sign of jumpHongbao behind its parameters',
    published: 'once in a lottery; nothing',
    choice: 'everybody while there is a packet; `&key=`, MD5, as one client does',
    shownBy: ['server/test/wire/lotteries.test.ts'],
  },
  {
    point: 'bytes of an icon',
    published: 'nothing',
    choice: '2 MB, as a document',
    shownBy: [`${AT}/material/add: a PNG of 2 MB and a byte`],
  },
  {
    point: 'which device comes first near a store',
    published: 'those within 1 km of their store have preference',
    choice: 'they come first, then the nearest; great-circle distance',
    shownBy: ['server/test/wire/shakes.test.ts'],
  },
  {
    point: 'how a ticket is joined to a link',
    published: 'appended to page_url',
    choice: 'the argument `ticket`, behind the link’s own and before its fragment',
    shownBy: ['server/src/shakes/shake.test.ts'],
  },
  {
    point: 'scenes 4 and 7; scene 3',
    published: 'in answers of cat/get without a word; struck through in later texts',
    choice: '1 and 3 can be applied for, others are shown alone',
    shownBy: ['/shop/register/apply_scene: scene_group_id 4', '/shop/register/apply_scene: scene 3'],
  },
  {
    point: 'scene of a brand that is not open',
    published: '1000043 in a real answer, of no call in particular',
    choice: 'audit_brand',
    shownBy: ['/shop/audit/audit_brand: a scene that is not open'],
  },
  {
    point: 'lengths and picture counts of audit_brand',
    published: 'nothing',
    choice: 'wording 100, names 200, number 64 characters; 10 pictures a list',
    shownBy: ['/shop/audit/audit_brand: everything as long as it may be'],
  },
  {
    point: 'levels that are no number or too long',
    published: 'a text without its number',
    choice: '990008',
    shownBy: ['/shop/audit/audit_category: level3 a word'],
  },
  {
    point: 'register/apply when the component is open',
    published: '“already connected”, without its number',
    choice: '1050011',
    shownBy: ['/shop/register/apply: connected already'],
  },
  {
    point: '`/shop` calls of an account that is banned from the component',
    published: 'status 3 in register/check',
    choice: '48004',
    shownBy: ['/shop/cat/get: by an account that the component was taken from'],
  },
  {
    point: 'deleting a store that is under review',
    published: '65117, “cannot delete”, without its reason',
    choice: '65117',
    shownBy: ['/cgi-bin/poi/delpoi: a store under review'],
  },
  {
    point: 'calls of a frozen account with a live token',
    published: '50007 for the token call',
    choice: '50007 for every call; its tokens live on',
    shownBy: [`${AT}/device/search: a frozen account`],
  },
  {
    point: 'spacing of repeated pushes, and what else than a success ends them',
    published: 'within 5 s, three times',
    choice: 'three times 5 s apart, then longer, for a day',
    shownBy: ['server/test/deliveries.test.ts'],
  },
  {
    point: 'daily limits of each call',
    published: 'only those of stable_token',
    choice: 'DAILY_LIMIT and MINUTE_LIMIT for all; none in the sandbox',
    shownBy: ['/shop/cat/get: the second call of a minute', 'server/test/wire/quotas.test.ts'],
  },
  {
    point: 'documents of industries that are required but not named',
    published: '35 industries',
    choice: 'not required',
    shownBy: ['server/src/activations/industries.test.ts'],
  },
  {
    point: 'the token before a forced refresh',
    published: 'ends, or lives until the second one',
    choice: 'ends at once',
    shownBy: ['server/test/wire/tokens.test.ts'],
  },
  {
    point: 'the 21st forced refresh of a day',
    published: '20 a day',
    choice: '45009',
    shownBy: ['/cgi-bin/stable_token: the 21st forced refresh of a day'],
  },
]
