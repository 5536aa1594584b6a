import { activations } from '@shenpi/sdk/contract/wire/activations'
import { categories } from '@shenpi/sdk/contract/wire/categories'
import { deviceBatches } from '@shenpi/sdk/contract/wire/device-batches'
import { devices } from '@shenpi/sdk/contract/wire/devices'
import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import { stores } from '@shenpi/sdk/contract/wire/stores'
import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import type { ConformanceCase } from '../case.ts'
import { aBatch, aCategory, aRegistration, aStore } from '../requests.ts'
import { CREDENTIALS, PICTURES } from '../world/named.ts'
import { CATEGORIES } from '../world/world.ts'

/** In a sandbox the one request is decided at once, as a merchant of the platform waits days for. */
const APPROVED = { headers: { 'x-shenpi-outcome': '[approve]' } }
const PNG = { is: 'a PNG' } as const
const { icon, license, picture, mediaId, photo } = Object.fromEntries(
  Object.entries(PICTURES.merchant).map(([name, place]) => [name, place.slice(1, -1)]),
)

const aBatchOf = (name: string, place: string, request: object): ConformanceCase => ({
  name,
  call: deviceBatches.deviceApplyId,
  request: aBatch({ ...request }),
  keep: { [place]: 'apply_id' },
})

const theDevicesOf = (batch: string, numbers: readonly number[]): ConformanceCase => ({
  name: `the devices of {${batch}}`,
  call: devices.deviceSearch,
  request: { type: 3, apply_id: `{${batch}}`, last_seen: 0, count: 50 },
  keep: Object.assign(
    {},
    ...numbers.map((number, index) => ({
      [`device${number}`]: `devices.${index}.device_id`,
      [`uuid${number}`]: `devices.${index}.uuid`,
      [`major${number}`]: `devices.${index}.major`,
      [`minor${number}`]: `devices.${index}.minor`,
    })),
  ),
})

/** The token that every other request is sent with. */
export const TOKEN: ConformanceCase = {
  name: 'a token to begin with',
  call: tokens.stableToken,
  by: null,
  request: { grant_type: 'client_credential', ...CREDENTIALS.merchant },
  keep: { merchantsToken: 'access_token' },
}

/** What a new account does before the stories can be told of it, by the wire alone. */
export const PREPARE: readonly ConformanceCase[] = [
  TOKEN,
  { name: 'open Shake Nearby', call: activations.accountRegister, request: aRegistration(), ...APPROVED },
  { name: 'an icon', call: pictures.materialAdd, query: 'type=icon', file: PNG, keep: { [`${icon}`]: 'pic_url' } },
  {
    name: 'a licence',
    call: pictures.materialAdd,
    query: 'type=license',
    file: PNG,
    keep: { [`${license}`]: 'pic_url' },
  },
  {
    name: 'a picture',
    call: pictures.imgUpload,
    request: { resp_type: 1 },
    file: PNG,
    keep: { [`${picture}`]: 'img_info.temp_img_url' },
  },
  {
    name: 'a picture by its media_id',
    call: pictures.imgUpload,
    request: { resp_type: 0 },
    file: PNG,
    keep: { [`${mediaId}`]: 'img_info.media_id' },
  },
  {
    name: 'a photo',
    call: pictures.mediaUploadImg,
    file: { is: 'a JPEG', part: 'buffer' },
    keep: { [`${photo}`]: 'url' },
  },
  {
    name: 'a store',
    call: stores.addPoi,
    request: aStore(PICTURES.merchant.photo, { sid: 'conformance' }),
    ...APPROVED,
    keep: { store: 'poi_id' },
  },
  ...[
    { name: 'a category that is granted', levels: CATEGORIES.granted, ...APPROVED },
    { name: 'a category that stays under review', levels: CATEGORIES.underReview, keep: { auditId: 'audit_id' } },
  ].map(({ levels, ...one }) => ({
    ...one,
    call: categories.auditCategory,
    request: aCategory([PICTURES.merchant.picture], [PICTURES.merchant.picture], {
      category_info: { ...levels, certificate: [PICTURES.merchant.picture] },
    }),
  })),
]

/** New devices, by their numbers in the world: each story has its own. */
export const NEW_DEVICES: readonly ConformanceCase[] = [
  aBatchOf('a first batch', 'firstBatch', { poi_id: '{store}' }),
  theDevicesOf('firstBatch', [1, 2, 3]),
  aBatchOf('a second batch', 'secondBatch', { quantity: 2, comment: '' }),
  theDevicesOf('secondBatch', [4, 5]),
  aBatchOf('a batch of one', 'newBatch', { quantity: 1, comment: 'door' }),
  theDevicesOf('newBatch', [8]),
]
