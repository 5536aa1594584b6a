import { miniappCertificates } from '@shenpi/sdk/contract/wire/miniapp-certificates'
import type { Story } from '../case.ts'
import { each, NO_NUMBERS, NO_OBJECTS, refused } from '../refused.ts'

const { getMiniappCertificate } = miniappCertificates
const same = (body: Record<string, unknown>) => body

/** What the sandbox's mini program was registered with. */
const CATEGORY = {
  first_category_id: 304,
  first_category_name: '商家自营',
  second_category_id: 321,
  second_category_name: '食品',
  certificate_url: ['https://example.com/food-licence.png'],
}
const BRAND = {
  brand_wording: '山茶',
  sale_authorization: ['https://example.com/sale-authorization.png'],
  trademark_registration_certificate: ['https://example.com/trademark.png'],
}

/** Source: docs/protocol/shops.md, audit/get_miniapp_certificate. */
export const MINIAPP_CERTIFICATES_STORY: Story = {
  subject: 'miniapp-certificates',
  cases: [
    {
      name: 'the documents of its categories',
      call: getMiniappCertificate,
      request: { req_type: 1 },
      answer: { category_info_list: [CATEGORY] },
    },
    {
      name: 'the documents of its brand',
      call: getMiniappCertificate,
      request: { req_type: '2' },
      answer: { category_info_list: [], brand_info: BRAND },
    },
    ...refused(getMiniappCertificate, 'merchant', 40097, [
      ...NO_OBJECTS,
      ...each(same, 'req_type', [['0', 0], ['3', 3], ...NO_NUMBERS]),
    ]),
    ...refused(getMiniappCertificate, 'merchant', 990007, [
      ['an empty object', {}],
      ['null', { req_type: null }],
    ]),
    ...refused(getMiniappCertificate, 'stranger', 1050006, [
      ['no former document of a category', { req_type: 1 }],
      ['no former document of a brand', { req_type: 2 }],
    ]),
  ],
}
