import { readFileSync } from 'node:fs'

/**
 * The examples of the three published documents that Shenpi fulfils: requests letter by letter, with all that is odd in
 * them, and answers as objects. A call that the documents name without showing it is taken from docs/protocol/.
 */

/** “Apply to activate the shake function”, with its truncated e-mail and its picture paths without a host. */
export const REGISTER = {
  request: [
    '{ "name": "zhang_san", "phone_number": "13512345678", "email": "weixin123@", "industry_id": "0118",',
    '"qualification_cert_urls": [',
    '"/wx_shake_bus/0/1428565236d03d864b7f43db9ce34df5f720509d0e/0",',
    '"/wx_shake_bus/0/1428565236d03d864b7f43db9ce34df5f720509d0e/0"',
    '], "apply_reason": "test" }',
  ].join(' '),
  answer: { data: {}, errcode: 0, errmsg: 'success.' },
}

/** “Check the review status”, of the same document. */
export const AUDIT_STATUS = {
  answer: {
    data: { apply_time: 1432026025, audit_comment: 'test', audit_status: 1, audit_time: 0 },
    errcode: 0,
    errmsg: 'success.',
  },
}

/** “Applies for the UUID, Major, and Minor”. The blanks of the page are tabs and no-break spaces. */
export const APPLY_ID = {
  request: [
    '{\u00a0\u00a0\u00a0"quantity":3,\t',
    '\u00a0\u00a0\u00a0"apply_reason":"Test",\t',
    '\u00a0\u00a0\u00a0"comment":"Only for test",',
    '\u00a0\u00a0\u00a0"poi_id":1234\t}',
  ].join(''),
  answer: { data: { apply_id: 123, audit_status: 1, audit_comment: 'Under review' }, errcode: 0, errmsg: 'success.' },
}

/** “Category Audit”, with its comments and with words where the links belong. */
export const AUDIT_CATEGORY = {
  request: `{
"audit_req":
{
"license": ["URL地址"],
"category_info":
{
"level1": 7419, // 一级类目
"level2": 7439, // 二级类目
"level3": 7448, // 三级类目
"certificate": ["URL地址"] // 资质材料
},
"scene_group_list": [1]
}
}`,
  answer: { errcode: 0, errmsg: 'ok', audit_id: 'RQAAAPX1nuJsAAAAFTrfXW' },
  /** “This interface … returns an error code 1050003 if the category uploaded has been approved”. */
  approved: 1050003,
}

/** The published request for a batch of another size. */
export const applyIdFor = (quantity: number) => APPLY_ID.request.replace('"quantity":3', `"quantity":${quantity}`)

/** The published request with a picture in each of the places that say “URL地址”. */
export function auditCategoryWith(pictures: { license: string; certificate: string }): string {
  return AUDIT_CATEGORY.request
    .replace('"license": ["URL地址"]', `"license": ["${pictures.license}"]`)
    .replace('"certificate": ["URL地址"]', `"certificate": ["${pictures.certificate}"]`)
}

/** Source: docs/protocol/platform.md, token. */
export const TOKEN = { answer: { access_token: '…', expires_in: 7200 } }

/** Source: docs/protocol/shakearound.md, material/add. */
export const MATERIAL_ADD = { answer: { data: { pic_url: 'http://…' }, errcode: 0, errmsg: 'success.' } }

/** The “Query Review Status” call of the second document. Source: docs/protocol/shakearound.md, device/applystatus. */
export const APPLY_STATUS = AUDIT_STATUS

/** The “Query Device List” call of the second document. Source: docs/protocol/shakearound.md, device/search. */
export const DEVICE_SEARCH = {
  answer: {
    data: {
      devices: [
        {
          comment: 'door',
          device_id: 20001,
          last_active_time: 1437276018,
          major: 10001,
          minor: 12102,
          page_ids: '15368,15369',
          poi_id: 0,
          status: 1,
          uuid: 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825',
        },
      ],
      total_count: 151,
    },
    errcode: 0,
    errmsg: 'success.',
  },
}

/** The “upload image interface” of the third document. Source: docs/protocol/shops.md, img/upload. */
export const IMG_UPLOAD = {
  answer: { errcode: 0, errmsg: 'ok', img_info: { media_id: '…', temp_img_url: 'https://…', pay_media_id: '' } },
}

/** Source: docs/protocol/shops.md, audit/result. */
export const AUDIT_RESULT = {
  answer: { errcode: 0, errmsg: 'ok', data: { status: 9, brand_id: 0, reject_reason: 'the licence cannot be read' } },
}

/** What tells the merchant of the outcome. Source: docs/protocol/shops.md, open_product_category_audit. */
export const CATEGORY_AUDIT_EVENT = {
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'oTeamOpenId',
  CreateTime: 1660000000,
  MsgType: 'event',
  Event: 'open_product_category_audit',
  QualificationAuditResult: {
    audit_id: 'RQAAAPX1nuJsAAAAFTrfXW',
    status: 9,
    audit_type: 2,
    reject_reason: 'the licence cannot be read',
  },
}

/** Refusals that the documents describe in words. Source of the numbers: docs/protocol/, codes. */
export const REFUSED = {
  activationUnderReview: 9001048,
  batchUnderReview: 9001023,
  deviceCeiling: 9001038,
  pictureLink: 1000035,
  categoryUnderReview: 1050009,
} as const

/** A picture of a licence, as a merchant would take it. */
export const SAMPLE_DOCUMENT = {
  bytes: readFileSync(new URL('../src/sandbox/sample-document.png', import.meta.url)),
  type: 'image/png',
}
