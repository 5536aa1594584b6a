import { call, Nothing, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { DeviceIdentifier, SEARCH_MAX } from './devices.ts'
import { activatedCall, begin, shakeRefusal } from './families.ts'
import { PageId } from './pages.ts'

/** Most pages of one device. Source: docs/protocol/shakearound.md, device/bindpage. */
export const DEVICE_PAGES_MAX = 30

export const relations = {
  deviceBindPage: call({
    ...activatedCall,
    path: '/shakearound/device/bindpage',
    summary: 'Set the pages of a device',
    request: Type.Object(
      {
        device_identifier: DeviceIdentifier,
        page_ids: Type.Array(PageId, {
          maxItems: DEVICE_PAGES_MAX,
          problem: 'binding.invalid',
          above: 'binding.too_many_pages',
        }),
        /** The older form: 0 unbinds the pages, 1 binds them. */
        bind: Type.Optional(wholeNumber({ maximum: 1, ...refusal('binding.invalid') })),
        /** The older form: 0 overwrites, 1 adds. */
        append: Type.Optional(wholeNumber({ maximum: 1, ...refusal('binding.invalid') })),
      },
      refusal('binding.invalid'),
    ),
    answer: Nothing,
    problems: ['device.invalid', 'binding.invalid', 'binding.too_many_pages', 'page.invalid'],
  }),

  relationSearch: call({
    ...activatedCall,
    path: '/shakearound/relation/search',
    summary: 'List the pages of a device, or the devices of a page',
    safe: true,
    request: Type.Object(
      {
        /** 1 the pages of a device, all of them; 2 the devices of a page. */
        type: wholeNumber({ minimum: 1, maximum: 2 }),
        device_identifier: Type.Optional(DeviceIdentifier),
        page_id: Type.Optional(PageId),
        begin: Type.Optional(begin),
        count: Type.Optional(wholeNumber({ minimum: 1, maximum: SEARCH_MAX })),
      },
      shakeRefusal,
    ),
    answer: Type.Object({
      relations: Type.Array(
        Type.Object({
          device_id: wholeNumber(),
          uuid: Type.String(),
          major: wholeNumber({ maximum: 0xffff }),
          minor: wholeNumber({ maximum: 0xffff }),
          page_id: wholeNumber(),
        }),
      ),
      total_count: wholeNumber(),
    }),
    problems: ['shake.request_invalid', 'device.invalid', 'page.invalid', 'paging.begin_invalid'],
  }),
}
