import type { Call } from '@shenpi/sdk/contract/call'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { activations } from '@shenpi/sdk/contract/wire/activations'
import { brands } from '@shenpi/sdk/contract/wire/brands'
import { categories } from '@shenpi/sdk/contract/wire/categories'
import { deviceBatches } from '@shenpi/sdk/contract/wire/device-batches'
import { devices } from '@shenpi/sdk/contract/wire/devices'
import { groups } from '@shenpi/sdk/contract/wire/groups'
import { miniappCertificates } from '@shenpi/sdk/contract/wire/miniapp-certificates'
import { pages } from '@shenpi/sdk/contract/wire/pages'
import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import { quotas } from '@shenpi/sdk/contract/wire/quotas'
import { shopAccess } from '@shenpi/sdk/contract/wire/shop-access'
import { stores } from '@shenpi/sdk/contract/wire/stores'
import type { ConformanceCase } from '../case.ts'
import { memberAt } from '../judge/member-at.ts'
import { aBatch, aCategory, aRegistration, aStore } from '../requests.ts'
import tree from '../world/category-tree.json' with { type: 'json' }
import { FACTS, type Fact } from '../world/given.ts'
import { credentialPlaces, devicePlaces, linkPlaces, timePlaces } from '../world/places.ts'
import { CATEGORIES, type Member } from '../world/world.ts'
import type { JudgedServer } from './judged-server.ts'

type Places = Record<string, unknown>

/** What a member may call. */
export interface Access {
  hasShakeNearby: boolean
  hasShop: boolean
}

/** Seconds that its clock may be off, or that have passed since something was prepared. */
const NOW_WITHIN_S = 600

/** Unit: characters. */
const LINK_MAX = 2000

const isCount = (value: unknown) => typeof value === 'number' && value >= 0

/** What every case may name: who calls, and when. */
export function placesOf({ members }: JudgedServer): Places {
  const now = Math.floor(Date.now() / 1000)
  const merchant = members.get('merchant')
  const isNow = (value: unknown) => typeof value === 'number' && Math.abs(value - Date.now() / 1000) < NOW_WITHIN_S
  return {
    ...timePlaces(now),
    // Not at the very end of seven days: time goes on.
    ridOfSevenDaysAgo: timePlaces(now + NOW_WITHIN_S).ridOfSevenDaysAgo,
    now: isNow,
    tokenLife: isCount,
    callsADay: isCount,
    callsUsed: isCount,
    callsLeft: isCount,
    // Who has nothing but its secret may be the merchant as well.
    ...(merchant && credentialPlaces('newcomer', merchant)),
    ...Object.assign({}, ...[...members].map(([member, credentials]) => credentialPlaces(member, credentials))),
  }
}

/** What is open for a member; with the native API's key what is not is opened. */
export async function openAccess(server: JudgedServer, member: Member, write: boolean): Promise<Access> {
  const look = async (): Promise<Access> => ({
    hasShakeNearby:
      memberAt(await server.ask(activations.accountAuditStatus, undefined, { by: member }), 'audit_status') === 2,
    hasShop: memberAt(await server.ask(shopAccess.registerCheck, {}, { by: member }), 'data.status') === 2,
  })
  const access = await look()
  if (!write || !server.api || (access.hasShakeNearby && access.hasShop)) return access
  if (!access.hasShakeNearby) await server.ask(activations.accountRegister, aRegistration(), { by: member })
  if (!access.hasShop) await server.ask(shopAccess.registerApply, {}, { by: member })
  await server.decideAll(member, 'approve')
  return await look()
}

/** A picture of each kind, uploaded. */
export async function uploadPictures(server: JudgedServer, member: Member): Promise<Places> {
  const png = { is: 'a PNG' } as const
  const upload = async (call: Call, at: string, more: Partial<ConformanceCase>, request?: unknown) => {
    const link = memberAt(await server.ask(call, request, { by: member, file: png, ...more }), at)
    return typeof link === 'string' ? link : undefined
  }
  const { materialAdd, imgUpload, mediaUploadImg } = pictures
  const icon = await upload(materialAdd, 'pic_url', { query: 'type=icon' })
  const license = await upload(materialAdd, 'pic_url', { query: 'type=license' })
  const link = await upload(imgUpload, 'img_info.temp_img_url', {}, { resp_type: 1 })
  const mediaId = await upload(imgUpload, 'img_info.media_id', {}, { resp_type: 0 })
  const photo = await upload(mediaUploadImg, 'url', { file: { is: 'a JPEG', part: 'buffer' } })
  return {
    ...placesOfLink(`${member}Icon`, icon),
    ...(license && { [`${member}License`]: license }),
    ...placesOfLink(`${member}Picture`, link),
    ...(mediaId && { [`${member}MediaId`]: mediaId }),
    ...placesOfLink(`${member}Photo`, photo),
  }
}

/** Cases lengthen a link: one that is long already is of no use. */
const placesOfLink = (place: string, link: string | undefined): Places =>
  link && URL.canParse(link) && link.length < LINK_MAX ? linkPlaces(place, link) : {}

/** A store that is approved, and how many the merchant will have behind those that the cases add. */
export async function findStore(server: JudgedServer, { merchantPhoto }: Places, write: boolean): Promise<Places> {
  const list = async () => await server.ask(stores.getPoiList, { begin: 0, limit: 50 })
  const approvedIn = (found: unknown) =>
    itemsOf(memberAt(found, 'business_list')).find((item) => memberAt(item, 'base_info.available_state') === 3)
  let found = await list()
  if (write && server.api && merchantPhoto && !approvedIn(found)) {
    await server.ask(stores.addPoi, aStore(String(merchantPhoto), { sid: 'conformance' }))
    await server.decideAll('merchant', 'approve')
    found = await list()
  }
  const store = memberAt(approvedIn(found), 'base_info.poi_id')
  const count = memberAt(found, 'total_count')
  return { ...(store !== undefined && { store }), ...(typeof count === 'number' && { storesInAll: count + 3 }) }
}

const itemsOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** New batches of devices as the world has them: 1 to 3 with a remark and a store, 4 and 5 without, 8 with a remark. */
export async function applyForDevices(server: JudgedServer, { store }: Places): Promise<Places> {
  if (store === undefined) return {}
  const places: Places = { status2: 0, lastActive2: 0 }
  const batches = [
    { place: 'firstBatch', numbers: [1, 2, 3], request: aBatch({ poi_id: store }) },
    { place: 'secondBatch', numbers: [4, 5], request: aBatch({ quantity: 2, comment: '' }) },
    { place: '', numbers: [8], request: aBatch({ quantity: 1, comment: 'door' }) },
  ]
  for (const { place, numbers, request } of batches) {
    const batch = await server.ask(deviceBatches.deviceApplyId, request)
    const apply_id = memberAt(batch, 'apply_id')
    if (memberAt(batch, 'audit_status') !== 2) return places
    if (place) places[place] = apply_id
    const found = await server.ask(devices.deviceSearch, { type: 3, apply_id, last_seen: 0, count: 50 })
    numbers.forEach((number, index) => {
      const device = memberAt(found, `devices.${index}`)
      if (isDevice(device)) Object.assign(places, devicePlaces(number, device))
    })
  }
  return places
}

const isDevice = (value: unknown): value is Parameters<typeof devicePlaces>[1] =>
  isObject(value) &&
  typeof value.uuid === 'string' &&
  [value.device_id, value.major, value.minor].every((number) => typeof number === 'number')

/** An application for a category that stays under review, and with staff one that is granted. */
export async function applyForCategories(server: JudgedServer, { merchantPicture }: Places): Promise<Places> {
  if (!merchantPicture) return {}
  const picture = String(merchantPicture)
  const apply = (levels: object) =>
    server.ask(
      categories.auditCategory,
      aCategory([picture], [picture], { category_info: { ...levels, certificate: [picture] } }),
    )
  if (server.api && (await apply(CATEGORIES.granted))) await server.decideAll('merchant', 'approve')
  const auditId = memberAt(await apply(CATEGORIES.underReview), 'audit_id')
  return auditId ? { auditId } : {}
}

/** Whether the stranger has no pages and has not yet called today what may be called once. */
export async function isStrangerNew(server: JudgedServer): Promise<boolean> {
  if (!server.members.has('stranger')) return false
  const by = { by: 'stranger' } as const
  const found = await server.ask(pages.pageSearch, { type: 2, begin: 0, count: 1 }, by)
  if (memberAt(found, 'total_count') !== 0) return false
  for (const { path } of [categories.catGet, categories.auditCategory, brands.auditBrand]) {
    const answer = await server.ask(quotas.quotaGet, { cgi_path: path }, by)
    if (memberAt(answer, 'quota.used') !== 0) return false
  }
  return true
}

/** Which facts are true of the merchant's account, and of the stranger's. */
export async function factsOf(
  server: JudgedServer,
  { auditId, strangersPagesInAll }: Places,
  access: ReadonlyMap<Member, Access>,
): Promise<ReadonlySet<Fact>> {
  const find = async (call: Call, request: object, at: string) => memberAt(await server.ask(call, request), at)
  const lengthOf = async (call: Call, request: object, at: string) => {
    const items = await find(call, request, at)
    return Array.isArray(items) ? items.length : undefined
  }
  const whole = { type: 2, begin: 0, count: 1 }
  const facts: Record<Fact, boolean> = {
    'Shake Nearby is open for it': access.get('merchant')?.hasShakeNearby === true,
    'it has no other devices':
      (await find(devices.deviceSearch, { type: 2, last_seen: 0, count: 1 }, 'total_count')) === 0,
    'it has no other pages': (await find(pages.pageSearch, whole, 'total_count')) === 0,
    'it has no other groups': (await find(groups.groupGetList, { begin: 0, count: 1 }, 'total_count')) === 0,
    'it has no brands': (await lengthOf(brands.getBrandList, {}, 'data')) === 0,
    // The first application of a run for a category that is applied for once.
    'it had applied for no category': auditId !== undefined,
    'a category is granted, another under review':
      auditId !== undefined && (await lengthOf(categories.getCategoryList, {}, 'data')) === 1,
    'its access to the shop is as it was opened':
      (await lengthOf(shopAccess.getInfo, {}, 'data.service_agent_type')) === 0 &&
      isAsOpened(await find(shopAccess.registerCheck, {}, 'data')),
    'the categories are the sandbox’s':
      (await lengthOf(categories.catGet, {}, 'third_cat_list')) === tree.third_cat_list.length,
    'the certificates are the sandbox’s':
      (await find(
        miniappCertificates.getMiniappCertificate,
        { req_type: 1 },
        'category_info_list.0.first_category_id',
      )) === 304,
    'the stranger is a new account': strangersPagesInAll !== undefined,
  }
  return new Set(FACTS.filter((fact) => facts[fact]))
}

/** No task of the access is done, and no scene was applied for. */
function isAsOpened(shop: unknown): boolean {
  const tasks = memberAt(shop, 'access_info')
  const scenes = memberAt(shop, 'scene_group_list')
  return (
    isObject(tasks) &&
    Object.values(tasks).every((value) => value === 0) &&
    Array.isArray(scenes) &&
    scenes.every((scene) => memberAt(scene, 'status') === 3)
  )
}
