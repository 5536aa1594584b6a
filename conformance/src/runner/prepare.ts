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
    hasShakeNearby: (await server.ask(activations.accountAuditStatus, undefined, { by: member }))?.audit_status === 2,
    hasShop: (await server.ask(shopAccess.registerCheck, {}, { by: member }))?.data.status === 2,
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
  const by = member
  const icon = await server.ask(pictures.materialAdd, undefined, { by, query: 'type=icon', file: png })
  const license = await server.ask(pictures.materialAdd, undefined, { by, query: 'type=license', file: png })
  const link = await server.ask(pictures.imgUpload, { resp_type: 1 }, { by, file: png })
  const media = await server.ask(pictures.imgUpload, { resp_type: 0 }, { by, file: png })
  const photo = await server.ask(pictures.mediaUploadImg, undefined, { by, file: { is: 'a JPEG', part: 'buffer' } })
  return {
    ...(icon && linkPlaces(`${member}Icon`, icon.pic_url)),
    ...(license && { [`${member}License`]: license.pic_url }),
    ...(link && linkPlaces(`${member}Picture`, link.img_info.temp_img_url)),
    ...(media && { [`${member}MediaId`]: media.img_info.media_id }),
    ...(photo && linkPlaces(`${member}Photo`, photo.url)),
  }
}

/** A store that is approved, and how many the merchant will have behind those that the cases add. */
export async function findStore(server: JudgedServer, { merchantPhoto }: Places, write: boolean): Promise<Places> {
  const list = async () => await server.ask(stores.getPoiList, { begin: 0, limit: 50 })
  const approvedOf = (found: Awaited<ReturnType<typeof list>>) =>
    found?.business_list.find(
      ({ base_info }: { base_info: { available_state: number } }) => base_info.available_state === 3,
    )
  let found = await list()
  if (write && server.api && merchantPhoto && !approvedOf(found)) {
    await server.ask(stores.addPoi, aStore(String(merchantPhoto), { sid: 'conformance' }))
    await server.decideAll('merchant', 'approve')
    found = await list()
  }
  const store = approvedOf(found)?.base_info.poi_id
  return { ...(store && { store }), ...(found && { storesInAll: found.total_count + 3 }) }
}

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
    if (batch?.audit_status !== 2) return places
    if (place) places[place] = batch.apply_id
    const found = await server.ask(devices.deviceSearch, { type: 3, apply_id: batch.apply_id, last_seen: 0, count: 50 })
    numbers.forEach((number, index) => {
      Object.assign(places, devicePlaces(number, found.devices[index]))
    })
  }
  return places
}

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
  const auditId = (await apply(CATEGORIES.underReview))?.audit_id
  return auditId ? { auditId } : {}
}

/** Whether the stranger has no pages and has not yet called today what may be called once. */
export async function isStrangerNew(server: JudgedServer): Promise<boolean> {
  if (!server.members.has('stranger')) return false
  const by = { by: 'stranger' } as const
  const found = await server.ask(pages.pageSearch, { type: 2, begin: 0, count: 1 }, by)
  if (found?.total_count !== 0) return false
  for (const { path } of [categories.catGet, categories.auditCategory, brands.auditBrand]) {
    const answer = await server.ask(quotas.quotaGet, { cgi_path: path }, by)
    if (answer?.quota.used !== 0) return false
  }
  return true
}

/** Which facts are true of the merchant's account, and of the stranger's. */
export async function factsOf(
  server: JudgedServer,
  { auditId, strangersPagesInAll }: Places,
  access: ReadonlyMap<Member, Access>,
): Promise<ReadonlySet<Fact>> {
  const ask = server.ask.bind(server)
  const whole = { type: 2, begin: 0, count: 1 }
  const granted = (await ask(categories.getCategoryList, {}))?.data ?? []
  const shop = (await ask(shopAccess.registerCheck, {}))?.data
  const info = (await ask(shopAccess.getInfo, {}))?.data
  const documents = await ask(miniappCertificates.getMiniappCertificate, { req_type: 1 })
  const catalogue = (await ask(categories.catGet, {}))?.third_cat_list ?? []
  const facts: Record<Fact, boolean> = {
    'Shake Nearby is open for it': access.get('merchant')?.hasShakeNearby === true,
    'it has no other devices':
      (await ask(devices.deviceSearch, { type: 2, last_seen: 0, count: 1 }))?.total_count === 0,
    'it has no other pages': (await ask(pages.pageSearch, whole))?.total_count === 0,
    'it has no other groups': (await ask(groups.groupGetList, { begin: 0, count: 1 }))?.total_count === 0,
    'it has no brands': (await ask(brands.getBrandList, {}))?.data.length === 0,
    // The first application of a run for a category that is applied for once.
    'it had applied for no category': auditId !== undefined,
    'a category is granted, another under review': granted.length === 1 && auditId !== undefined,
    'its access to the shop is as it was opened':
      info?.service_agent_type.length === 0 &&
      !Object.values(shop?.access_info ?? { none: 1 }).some((value) => value !== 0) &&
      shop.scene_group_list.every(({ status }: { status: number }) => status === 3),
    'the categories are the sandbox’s': catalogue.length === tree.third_cat_list.length,
    'the certificates are the sandbox’s': documents?.category_info_list[0]?.first_category_id === 304,
    'the stranger is a new account': strangersPagesInAll !== undefined,
  }
  return new Set(FACTS.filter((fact) => facts[fact]))
}
