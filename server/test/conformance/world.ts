import { activations, categories, deviceBatches, shopAccess } from '@shenpi/sdk'
import { type ApiAccountState, api } from '@shenpi/sdk/contract/api'
import type { ApplicationState, PicturePurpose } from '@shenpi/sdk/contract/states'
import type { Given } from 'shenpi-conformance/world/given'
import { PLACES } from 'shenpi-conformance/world/places'
import {
  CATEGORIES,
  CREDENTIALS,
  MEMBERS,
  type Member,
  PICTURES,
  STORES,
  STRANGERS,
} from 'shenpi-conformance/world/world'
import { toAuditId } from '../../src/applications/application-id.ts'
import { parseLinkKey } from '../../src/pictures/picture-link.ts'
import { storePicture } from '../../src/pictures/store-picture.ts'
import type { DatabaseKind } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBatch, aCategory, aPicture, aRegistration } from '../factories.ts'
import { setShopStatus } from '../open-shop.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { type Site, startSite } from '../wire/site.ts'
import { GIVENS } from './givens.ts'

/** What the cases speak of, on a server of its own. */
export interface World extends AsyncDisposable {
  /** Another one after the operator started it anew. */
  server: TestServer
  site: Site
  members: Record<Member, WireClient>
  places: Record<string, unknown>
  make(given: Given): Promise<void>
  /** Start the server anew on what is stored, with other settings of the operator's. */
  restart(env: Record<string, string>): Promise<void>
}

const HOUR_MS = 3_600_000

/** A server whose accounts have what the cases name: always the same numbers, whichever the database. */
export async function openWorld(kind: DatabaseKind): Promise<World> {
  const server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all', SHOP_SECOND_LIMIT: '20000' } })
  const site = await startSite()
  // What takes time comes first: afterwards the clock stands still, at noon of the next day.
  const { token: expiredToken } = await server.newAccount('Expired')
  server.clock.advance(24 * HOUR_MS)

  const members = await createMembers(server)
  const { merchant, stranger, waiting, applicant } = members
  await apply(applicant, activations.accountRegister.path, aRegistration())
  await apply(applicant, shopAccess.registerApply.path, {})
  for (const member of [merchant, stranger, waiting, members.banned]) await openEverything(server, member)
  await setShopStatus(server, members.banned, 'banned')
  const setState = ({ appid }: WireClient, body: Partial<ApiAccountState>) =>
    server.api.call(api.setAccountState, { params: { appid }, body })
  await setState(members.unverified, { verified: false })
  await setState(members.frozen, { frozen: true })
  await setState(members.secretFrozen, { secret_frozen: true })

  const { data: first } = await apply(merchant, deviceBatches.deviceApplyId.path, aBatch({ poi_id: STORES.approved }))
  const { data: second } = await apply(merchant, deviceBatches.deviceApplyId.path, aBatch({ quantity: 2, comment: '' }))
  // Numbers that are none of the merchant's.
  await server.services.db
    .updateTable('account_journal')
    .set({ application_no: 100 })
    .where('account_id', '=', stranger.accountId)
    .execute()
  const { data: strangers } = await apply(stranger, deviceBatches.deviceApplyId.path, aBatch({ quantity: 2 }))
  await apply(merchant, deviceBatches.deviceApplyId.path, aBatch({ quantity: 1, comment: 'door' }))
  await apply(waiting, deviceBatches.deviceApplyId.path, aBatch({ quantity: 501 }))
  await insertStores(server, members)
  await insertStrangers(server, stranger)

  const { audit_id: granted } = await applyForCategory(merchant, 'merchant', CATEGORIES.granted)
  await decide(server, granted, 'approve')
  const { audit_id: auditId } = await applyForCategory(merchant, 'merchant', CATEGORIES.underReview)
  const { audit_id: strangersAuditId } = await applyForCategory(stranger, 'stranger', CATEGORIES.underReview)

  const world: World = {
    server,
    site,
    members,
    places: {
      ...PLACES,
      site: site.url,
      expiredToken,
      merchantsToken: merchant.token,
      firstBatch: first.apply_id,
      secondBatch: second.apply_id,
      strangersBatch: strangers.apply_id,
      auditId,
      strangersAuditId,
      batchAsAuditId: toAuditId({ accountId: merchant.accountId, applicationNo: first.apply_id }),
      nobodysAuditId: toAuditId({ accountId: merchant.accountId, applicationNo: 999_999 }),
    },
    make: (given) => GIVENS[given](world),
    async restart(env) {
      const { place, clock } = world.server
      await world.server.stop()
      world.server = await startTestServer(kind, { place, clock, env })
    },
    async [Symbol.asyncDispose]() {
      await world.server[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
    },
  }
  return world
}

async function createMembers(server: TestServer): Promise<Record<Member, WireClient>> {
  const members = {} as Record<Member, WireClient>
  for (const name of Object.keys(MEMBERS) as Member[]) {
    const credentials = CREDENTIALS[name]
    const { appid } = credentials
    members[name] =
      name === 'merchant'
        ? await server.connect(credentials)
        : await server.newAccount(name, { ...credentials, originalId: appid.replace('wx', 'gh_').slice(0, 15) })
    if (name in PICTURES) await insertPictures(server, members[name], PICTURES[name as keyof typeof PICTURES])
  }
  return members
}

async function insertPictures(
  { services }: TestServer,
  { accountId }: WireClient,
  links: (typeof PICTURES)[keyof typeof PICTURES],
): Promise<void> {
  const picture = { bytes: await aPicture(), mediaType: 'image/png', width: 120, height: 120 }
  const store = (purpose: PicturePurpose, link: string) =>
    storePicture(services.pictures, accountId, picture, purpose, parseLinkKey(link))
  await store('icon', links.icon)
  await store('license', links.license)
  await store('shop', links.picture)
  await store('store', links.photo)
}

/** Ask for Shake Nearby and the component, as far as they are not open, and let staff agree. */
async function openEverything(server: TestServer, member: WireClient): Promise<void> {
  await member.post(activations.accountRegister.path, aRegistration())
  await member.post(shopAccess.registerApply.path, {})
  const { items } = await server.api.call(api.listApplications, {
    query: { appid: member.appid, state: 'under_review' },
  })
  for (const { id } of items) await decide(server, id, 'approve')
}

async function apply(member: WireClient, path: string, request: unknown) {
  const { json } = await member.post(path, request)
  if (json.errcode !== 0) throw new Error(`${path}: ${json.errcode} ${json.errmsg}`)
  return json
}

async function applyForCategory(member: WireClient, name: 'merchant' | 'stranger', levels: object) {
  const { picture } = PICTURES[name]
  const category_info = { ...levels, certificate: [picture] }
  return await apply(member, categories.auditCategory.path, aCategory([picture], [picture], { category_info }))
}

async function insertStores({ services }: TestServer, { merchant, stranger }: World['members']): Promise<void> {
  const store = (owner: WireClient, poiId: number, state: ApplicationState, deletedAt: number | null = null) => ({
    account_id: owner.accountId,
    poi_id: poiId,
    business_name: 'A store',
    state,
    created_at: 0,
    deleted_at: deletedAt,
  })
  const { strangers } = STORES
  const rows = [
    store(merchant, STORES.underReview, 'under_review'),
    store(merchant, STORES.deleted, 'approved', 1),
    store(stranger, strangers.approved, 'approved'),
    store(stranger, strangers.underReview, 'under_review'),
    store(stranger, strangers.rejected, 'rejected'),
    store(stranger, strangers.deleted, 'approved', 1),
  ]
  await services.db.insertInto('store').values(rows).execute()
}

async function insertStrangers({ services: { db } }: TestServer, { accountId }: WireClient): Promise<void> {
  const page = { title: 'Theirs', description: 'Theirs', page_url: 'https://example.com', icon_url: '', comment: '' }
  await db
    .insertInto('page')
    .values({ account_id: accountId, page_id: STRANGERS.page, created_at: 0, ...page })
    .execute()
  const group = { group_name: 'Theirs', device_count: 0, created_at: 0 }
  await db
    .insertInto('device_group')
    .values({ account_id: accountId, group_id: STRANGERS.group, ...group })
    .execute()
}
