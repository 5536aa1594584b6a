import { activations, categories, deviceBatches, devices, pictures } from '@shenpi/sdk'
import { type ApiAccountState, api } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import type { DatabaseKind } from '../databases.ts'
import { aBatch, aCategory, aFile, aPicture, aRegistration } from '../factories.ts'
import { newShop, setShopStatus } from '../open-shop.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { type Site, startSite } from './site.ts'

/** An account with everything that cases name. */
export interface Member extends WireClient {
  /** Links and ids of its own pictures. */
  license: string
  icon: string
  picture: string
  mediaId: string
}

export const MEMBERS = [
  'newcomer',
  'applicant',
  'merchant',
  'waiting',
  'stranger',
  'outsider',
  'banned',
  'frozen',
  'unverified',
] as const

/** A server with accounts in every state that a call checks. */
export interface World extends AsyncDisposable {
  server: TestServer
  site: Site
  /** Has applied for nothing but the shop component, which everybody but the outsider has open. */
  newcomer: Member
  /** Its activation is under review. */
  applicant: Member
  /** Activated; 3 devices of batch `applyId` with the ids from `deviceId`; 1001/1014/1017 granted, 7419/7439/7448 under review. */
  merchant: Member & { applyId: number; deviceId: number; auditId: string }
  /** Activated, with a batch under review. */
  waiting: Member
  /** Activated, with things that the merchant must not see. None of its ids is the merchant's. */
  stranger: Member & { applyId: number; deviceId: number; auditId: string }
  /** Has applied for nothing. */
  outsider: WireClient
  /** Banned from the shop component. */
  banned: WireClient
  /** Frozen since it got its token. */
  frozen: WireClient
  /** Not verified. */
  unverified: WireClient
  /** An account whose secret is frozen. */
  secretFrozen: { appid: string; secret: string }
  /** A token that has expired. */
  expiredToken: string
  /** Has refreshed its stable token by force as often as a day allows. */
  tired: { appid: string; secret: string }
}

/** Categories of the sandbox's tree. */
export const GRANTED = { level1: 1001, level2: 1014, level3: 1017 }
export const OPEN = { level1: 7419, level2: 7439, level3: 7448 }
/** A document is optional, and nobody has applied for it. */
export const OPTIONAL = { level1: 7419, level2: 7475, level3: 7478 }

const DAY_MS = 24 * 60 * 60 * 1000

export async function createWorld(kind: DatabaseKind): Promise<World> {
  const server = await startTestServer(kind)
  const site = await startSite()
  const { expiredToken, tired } = await age(server)

  const outsider = await server.newAccount()
  const banned = await newShop(server)
  await setShopStatus(server, banned, 'banned')
  const anAccount = async (body: Partial<ApiAccountState>) => {
    const client = await server.newAccount()
    await server.api.call(api.setAccountState, { params: { appid: client.appid }, body })
    return client
  }
  const newcomer = await aMember(server)
  const applicant = await aMember(server)
  await applicant.post(activations.accountRegister.path, aRegistration())
  const waiting = await aMember(server)
  await activate(server, waiting)
  await waiting.post(deviceBatches.deviceApplyId.path, aBatch({ quantity: 501 }))

  const merchant = await aMember(server)
  await activate(server, merchant)
  const merchantBatch = await firstDevice(merchant)
  const granted = await applyForCategory(merchant, GRANTED)
  await decide(server, granted, 'approve')
  const merchantAudit = await applyForCategory(merchant, OPEN)

  const stranger = await aMember(server)
  await activate(server, stranger)
  for (let count = 0; count < 5; count += 1) await firstDevice(stranger)
  const strangerBatch = await firstDevice(stranger)
  const strangerAudit = await applyForCategory(stranger, OPEN)
  return {
    server,
    site,
    outsider,
    banned,
    frozen: await anAccount({ frozen: true }),
    unverified: await anAccount({ verified: false }),
    secretFrozen: await anAccount({ secret_frozen: true }),
    newcomer,
    applicant,
    waiting,
    merchant: { ...merchant, ...merchantBatch, auditId: merchantAudit },
    stranger: { ...stranger, ...strangerBatch, auditId: strangerAudit },
    expiredToken,
    tired,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
    },
  }
}

/** Everything that takes time comes first: afterwards the clock stands still. */
async function age(server: TestServer) {
  const { token } = await server.newAccount()
  const tired = await server.newAccount()
  // From the start of a day, so that the refreshes of both calls fall on one.
  server.clock.set(new Date(Math.ceil(server.clock.now().getTime() / DAY_MS) * DAY_MS + DAY_MS / 2))
  const { appid, secret } = tired
  const body = { grant_type: 'client_credential', appid, secret, force_refresh: true }
  for (let count = 0; count <= 20; count += 1) {
    await tired.post('/cgi-bin/stable_token', body)
    server.clock.advance(30_000)
  }
  return { expiredToken: token, tired: { appid, secret } }
}

/** A new account with the shop component open and a picture of each kind. */
export async function aMember(server: TestServer): Promise<Member> {
  const client = await newShop(server)
  const file = aFile(await aPicture())
  const [license, icon, picture, media] = await Promise.all([
    client.upload(pictures.materialAdd.path, file, {}, 'type=license'),
    client.upload(pictures.materialAdd.path, file),
    client.upload(pictures.imgUpload.path, file, { resp_type: '1' }),
    client.upload(pictures.imgUpload.path, file),
  ])
  return {
    ...client,
    license: license.json.data.pic_url,
    icon: icon.json.data.pic_url,
    picture: picture.json.img_info.temp_img_url,
    mediaId: media.json.img_info.media_id,
  }
}

/** Open Shake Nearby for an account by an application like any other. */
export async function activate(server: TestServer, client: WireClient): Promise<void> {
  await client.post(activations.accountRegister.path, aRegistration())
  const { items } = await server.api.call(api.listApplications, {
    query: { appid: client.appid, kind: 'account_activation', state: 'under_review' },
  })
  for (const { id } of items) await decide(server, id, 'approve')
}

export async function decide(server: TestServer, id: string, move: Move, reason = ''): Promise<void> {
  const { version } = await server.api.call(api.getApplication, { params: { id } })
  await server.api.call(api.decideApplication, { params: { id }, version, body: { move, reason } })
}

async function firstDevice(client: WireClient): Promise<{ applyId: number; deviceId: number }> {
  const { apply_id: applyId } = (await client.post(deviceBatches.deviceApplyId.path, aBatch())).json.data
  const found = await client.post(devices.deviceSearch.path, { type: 3, apply_id: applyId, last_seen: 0, count: 1 })
  return { applyId, deviceId: found.json.data.devices[0].device_id }
}

async function applyForCategory(client: Member, levels: object): Promise<string> {
  const { picture } = client
  const category = aCategory([picture], [picture], { category_info: { ...levels, certificate: [picture] } })
  return (await client.post(categories.auditCategory.path, category)).json.audit_id
}

/** Everything that is stored of an account but its tokens: a refusal leaves it as it was. */
export async function stateOf({ services: { db } }: TestServer, accountId: number): Promise<Record<string, unknown>> {
  const tables = [
    'account_journal',
    'application',
    'application_picture',
    'audit_entry',
    'category_grant',
    'device_batch',
    'device_quota',
    'picture',
    'picture_link',
    'shop_access',
  ] as const
  const read = async (table: (typeof tables)[number]) => {
    const rows = await db.selectFrom(table).selectAll().where('account_id', '=', accountId).execute()
    return [table, rows.map((row) => JSON.stringify(row)).sort()] as const
  }
  return Object.fromEntries(await Promise.all(tables.map(read)))
}
