/** A point that the platform leaves open, or on which its sources disagree, and what is done here. */
export interface Choice {
  point: string
  /** What is published, as far as anything is. */
  published: string
  choice: string
  /** Cases that show it, by their titles; or the test that does where no case can. */
  shownBy: readonly string[]
}

const AT = '/shakearound'

/** Sources disagree. */
export const VARIANTS: readonly Choice[] = [
  {
    point: 'quick review of exactly 500 devices',
    published: '“less than 500” in prose, “more than 500” for staff in the table, “500 and more” in one comment',
    choice: '500 and fewer are approved at once, more go to staff',
    shownBy: [
      `${AT}/device/applyid: exactly 500 are approved at once`,
      `${AT}/device/applyid: more than 500 are reviewed by staff`,
    ],
  },
  {
    point: 'ceiling of an account’s devices',
    published: '10,000 and 100,000',
    choice: '10,000, to be changed by DEVICE_CEILING and raised for an account by an application',
    shownBy: [`${AT}/device/applyid: one more than the ceiling leaves`],
  },
  {
    point: 'audit_status of a batch that needs no staff',
    published: '1 in the sample, “quick review” in the text',
    choice: 'decided at once: 2',
    shownBy: [`${AT}/device/applyid: a batch is approved at once`],
  },
  {
    point: 'an unknown access token',
    published: '40001, or 40014 where it is malformed',
    choice: '40001, on which alone clients fetch a new one',
    shownBy: [`${AT}/device/search: a malformed token`, `${AT}/device/search: a token that nobody was given`],
  },
  {
    point: '`/shop` calls after the component was opened',
    published: '48001 may go on for ten minutes',
    choice: 'served at once',
    shownBy: ['/shop/cat/get: by an account whose component is under review', '/shop/cat/get: all categories'],
  },
  {
    point: 'answer of applyid',
    published: 'device_identifiers at once (2015), or the three audit fields',
    choice: 'the audit fields',
    shownBy: [`${AT}/device/applyid: a batch is approved at once`],
  },
  {
    point: 'half of the devices must be active for new ones',
    published: '9001021 (2015); later texts drop it',
    choice: 'no such rule, unless ACTIVE_DEVICES_MIN says so',
    shownBy: [
      `${AT}/device/applyid: a batch is approved at once`,
      `${AT}/device/applyid: fewer than half of the devices are in use`,
    ],
  },
  {
    point: 'paging of device/search',
    published: '`last_seen` with `type`, or `begin` without it',
    choice: 'both; `last_seen` wins',
    shownBy: [`${AT}/device/search: a page of them`, `${AT}/device/search: a page of them by the older form`],
  },
  {
    point: 'status of a device',
    published: '0 and 1, or 0, 1 and 2',
    choice: '0 and 1',
    shownBy: [`${AT}/device/search: all devices`],
  },
  {
    point: 'bindpage',
    published: 'replaces, or `bind` and `append`',
    choice: 'replaces unless one of the two is there',
    shownBy: [`${AT}/device/bindpage: other pages take their place`, `${AT}/device/bindpage: bind 1, append 1 adds`],
  },
  {
    point: 'page/delete',
    published: '`page_id`, or `page_ids` of at most 10',
    choice: 'both',
    shownBy: [`${AT}/page/delete: a page is deleted`, `${AT}/page/delete: pages are deleted, one named twice`],
  },
  {
    point: 'method of auditstatus',
    published: 'GET; one client sends POST',
    choice: 'both',
    shownBy: [`${AT}/account/auditstatus: an application under review, by POST`],
  },
  {
    point: 'groups of an account',
    published: '1,000, or 100 in the text of 9001050',
    choice: '1,000',
    shownBy: [`${AT}/device/group/add: an account has 1000 groups at most`],
  },
  {
    point: 'name of a group',
    published: '100 Chinese characters or 200 letters, or 100 characters in the text of 9001055',
    choice: '100 Chinese characters or 200 letters',
    shownBy: [`${AT}/device/group/add: a group is added`, `${AT}/device/group/add: another group is added`],
  },
  {
    point: 'apply_reason of account/register',
    published: '250 Chinese characters or 500 letters, or 500 characters in the text of 9001045',
    choice: '250 Chinese characters or 500 letters',
    shownBy: [`${AT}/account/register: everything as long as it may be`],
  },
  {
    point: 'another account’s store in device/search',
    published: 'not shown, or shown with poi_appid',
    choice: 'shown with poi_appid',
    shownBy: [`${AT}/device/search: it shows the store and whose it is`],
  },
  {
    point: 'where the list statistics say their date and count',
    published: 'beside `data`, or inside it in one client',
    choice: 'beside',
    shownBy: [`${AT}/statistics/devicelist: the devices of a day, those with most people first`],
  },
  {
    point: '`license`',
    published: 'a list, or a text (2021)',
    choice: 'both',
    shownBy: ['/shop/audit/audit_brand: licence as a text, class and types in digits, no scenes'],
  },
  {
    point: '`scene_group_list`',
    published: 'absent (2021), or required',
    choice: 'may be left out',
    shownBy: [
      '/shop/audit/audit_category: again after the rejection: links as texts, levels in digits, no scenes, a picture from elsewhere',
    ],
  },
  {
    point: 'levels of a category',
    published: 'numbers, or texts of at most 10 digits',
    choice: 'both',
    shownBy: ['/shop/audit/audit_category: level1 of 11 digits'],
  },
  {
    point: 'audit_id in audit/result',
    published: 'a number in the table, a text in the samples',
    choice: 'a text',
    shownBy: ['/shop/audit/result: a number'],
  },
  {
    point: 'where img/upload has its arguments',
    published: 'in the form, in the query, or in JSON',
    choice: 'everywhere; resp_type 0 when absent',
    shownBy: [
      '/shop/img/upload: a JPEG, for a link',
      '/shop/img/upload: the exchange of a link, in JSON',
      '/shop/img/upload: the exchange of a link, in the query',
    ],
  },
  {
    point: 'resp_type 2',
    published: 'in newer texts alone',
    choice: 'answered',
    shownBy: ['/shop/img/upload: a PNG, for a media_id of the payment platform'],
  },
  {
    point: 'register/apply',
    published: 'synchronous, or the administrator agrees within 24 hours and an event tells',
    choice: 'staff decide, and the event tells',
    shownBy: ['/shop/register/check: under review', 'server/test/wire/shop-access.test.ts'],
  },
  {
    point: 'tasks of the access in register/check',
    published: 'pay_order and add_aftersale, or ec_order and ec_after_sale',
    choice: 'both sets',
    shownBy: ['/shop/register/check: goods and orders are done'],
  },
  {
    point: 'the argument of apply_scene',
    published: '`scene_group_id`, or `scene_group` in the table',
    choice: 'both',
    shownBy: ['/shop/register/apply_scene: scene 1 again after the rejection'],
  },
  {
    point: 'events in JSON',
    published: 'nested, or flat in one dump',
    choice: 'nested',
    shownBy: ['server/test/wire/brands.test.ts'],
  },
  {
    point: 'format of pushed messages',
    published: 'XML alone for Official Accounts, or JSON as well',
    choice: 'XML unless the account’s setting says JSON',
    shownBy: ['server/test/callback-modes.test.ts'],
  },
  {
    point: 'answer of addpoi',
    published: 'no poi_id until the approval, or one at once',
    choice: 'at once',
    shownBy: ['/cgi-bin/poi/addpoi: a store'],
  },
  {
    point: 'names of members of the red-packet calls',
    published:
      '`jump_url`, `sponsor_appid`, `prize_info_list`; one client sends `jumpurl`, `sponsorapp_id`, `prizeinfolist`',
    choice: 'both; the documented name wins',
    shownBy: [
      `${AT}/lottery/addlotteryinfo: a lottery with a page of the merchant’s own, as one client spells it`,
      `${AT}/lottery/setprizebucket: one more, as one client spells it`,
    ],
  },
  {
    point: 'method of setlotteryswitch and querylottery',
    published: 'GET; one client sends POST with the same query',
    choice: 'both',
    shownBy: [
      `${AT}/lottery/setlotteryswitch: on, by POST`,
      `${AT}/lottery/querylottery: a lottery with two packets, by POST`,
    ],
  },
  {
    point: 'setprizebucket that enters nothing',
    published: '9001090, or 0 with repeat_ticket_list in a sample',
    choice: '0 where all tickets are in a lottery already, else 9001090',
    shownBy: [
      `${AT}/lottery/setprizebucket: nothing but packets that are in it already`,
      `${AT}/lottery/setprizebucket: a packet that has expired`,
    ],
  },
  {
    point: 'ends of the amounts of red packets',
    published: '1 to 1,000 yuan, or strictly between in one client',
    choice: 'both ends are valid',
    shownBy: [
      `${AT}/lottery/querylottery: a lottery with two packets, by POST`,
      `${AT}/lottery/setprizebucket: packets of 0.99 and of 1000.01 yuan`,
    ],
  },
  {
    point: 'length of texts',
    published: 'N Chinese characters or 2N letters, or N characters in older comments',
    choice: 'the weight: a character outside ASCII counts 2',
    shownBy: [`${AT}/device/applyid: comment of 15 Chinese characters`, `${AT}/device/applyid: comment of 30 letters`],
  },
]
