import { api } from '@shenpi/sdk/contract/api'
import { storePicture } from '../../src/pictures/store-picture.ts'
import { SANDBOX_ACCOUNT } from '../../src/sandbox/account.ts'
import type { DatabaseKind } from '../databases.ts'
import { aBatch, aPicture, aRegistration } from '../factories.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

/** Who calls: the merchant that the cases are about, another one, or one that Shake Nearby is not open for. */
export type Caller = 'merchant' | 'neighbour' | 'newcomer'

export const MERCHANT_APPID = SANDBOX_ACCOUNT.appid
export const NEIGHBOUR_APPID = 'wx00000000000000aa'
export const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'

/** The merchant's devices: two batches of it, the neighbour's, and one more. */
export const DEVICES = {
  /** Remark `floor 1`, store 1234. */
  first: [1, 2, 3],
  /** Without remark and store. */
  second: [4, 5],
  neighbours: [6, 7],
  third: [8],
} as const

/** Stores by whose they are and how they stand; the sandbox brings the merchant's first one. */
export const STORES = {
  approved: 1234,
  underReview: 1235,
  deleted: 1236,
  neighbours: { approved: 501, underReview: 502, rejected: 503, deleted: 504 },
} as const

/** A page and a group of the neighbour's, with numbers that the merchant does not reach. */
export const NEIGHBOURS = { page: 777_777, group: 777_777 } as const
export const UNKNOWN = 999_999

const key = (digit: string) => `1400000000${digit.repeat(32)}`
export const ICON = `http://shp.qpic.cn/wechat_shakearound_pic/0/${key('a')}/120`
export const ICON_ELSEWHERE = `https://pictures.example.com/wx_shake_bus/0/${key('a')}/120`
export const NEIGHBOURS_ICON = `http://shp.qpic.cn/wechat_shakearound_pic/0/${key('b')}/120`
export const DOCUMENT = `http://shp.qpic.cn/wx_shake_bus/0/${key('c')}/0`
export const UNKNOWN_ICON = `http://shp.qpic.cn/wechat_shakearound_pic/0/${key('d')}/120`

/** A page as it is sent; a case names what matters to it. */
export const aPage = (changes: Record<string, unknown> = {}) => ({
  title: 'Hello',
  description: 'Sale today',
  page_url: 'https://example.com/p',
  icon_url: ICON,
  comment: 'test',
  ...changes,
})

/** What a case may have made before its request. */
const GIVEN = {
  'the merchant has pages 1 to 31': async ({ merchant }: ShakeWorld) => {
    for (let page = 1; page <= 31; page += 1) await succeed(merchant, '/shakearound/page/add', aPage())
  },
  'device 2 was last shaken at 1437276018': async ({ server: { services }, merchant }: ShakeWorld) => {
    const last_active_at = 1_437_276_018_999
    await services.db
      .insertInto('device')
      .values({ account_id: merchant.accountId, device_id: 2, last_active_at })
      .onConflict((conflict) => conflict.columns(['account_id', 'device_id']).doUpdateSet({ last_active_at }))
      .execute()
  },
  'the merchant has 1000 groups': async ({ server: { services }, merchant }: ShakeWorld) => {
    const { db } = services
    const had = await db.selectFrom('device_group').where('account_id', '=', merchant.accountId).selectAll().execute()
    const rows = Array.from({ length: 1000 - had.length }, (_, index) => ({
      account_id: merchant.accountId,
      group_id: 500_000 + index,
      group_name: 'one of many',
      device_count: 0,
      created_at: 0,
    }))
    await db.insertInto('device_group').values(rows).execute()
  },
  'group 1 holds the 10,000 devices from 9 on': async ({ merchant }: ShakeWorld) => {
    await succeed(merchant, '/shakearound/device/applyid', aBatch({ quantity: 10_000 }))
    for (let first = 9; first < 10_009; first += 1000) {
      const device_identifiers = Array.from({ length: 1000 }, (_, index) => ({ device_id: first + index }))
      await succeed(merchant, '/shakearound/device/group/adddevice', { group_id: 1, device_identifiers })
    }
  },
} satisfies Record<string, (world: ShakeWorld) => Promise<void>>

export type Given = keyof typeof GIVEN

export interface ShakeWorld extends AsyncDisposable, Record<Caller, WireClient> {
  server: TestServer
  make(given: Given): Promise<void>
}

/** A server whose merchants have devices, stores and pictures: always the same numbers, so that cases can name them. */
export async function openShakeWorld(kind: DatabaseKind): Promise<ShakeWorld> {
  const server = await startTestServer(kind, {
    env: { SANDBOX_APPROVE: 'all', DEVICE_CEILING: '100000', QUICK_REVIEW_MAX: '10000' },
  })
  const merchant = server.sandbox
  const given = { appid: NEIGHBOUR_APPID, originalId: 'gh_0000000000aa', secret: '0'.repeat(32) }
  const neighbour = await server.newAccount('Neighbour', given)
  const newcomer = await server.newAccount('Newcomer')
  await activate(server, neighbour)

  await succeed(merchant, '/shakearound/device/applyid', aBatch({ quantity: 3, poi_id: STORES.approved }))
  await succeed(merchant, '/shakearound/device/applyid', aBatch({ quantity: 2, comment: '' }))
  await succeed(neighbour, '/shakearound/device/applyid', aBatch({ quantity: 2 }))
  await succeed(merchant, '/shakearound/device/applyid', aBatch({ quantity: 1, comment: 'door' }))
  await insertStores(server, merchant, neighbour)
  await insertPictures(server, merchant, neighbour)
  await insertNeighbours(server, neighbour)

  const world: ShakeWorld = {
    server,
    merchant,
    neighbour,
    newcomer,
    make: (given) => GIVEN[given](world),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
  return world
}

async function succeed(client: WireClient, path: string, request: unknown): Promise<void> {
  const { json } = await client.post(path, request)
  if (json.errcode !== 0) throw new Error(`${path}: ${json.errcode} ${json.errmsg}`)
}

async function activate(server: TestServer, client: WireClient): Promise<void> {
  await succeed(client, '/shakearound/account/register', aRegistration())
  const id = `${client.accountId}-1`
  const { version } = await server.api.call(api.getApplication, { params: { id } })
  await server.api.call(api.decideApplication, { params: { id }, version, body: { move: 'approve', reason: '' } })
}

async function insertStores({ services }: TestServer, merchant: WireClient, neighbour: WireClient): Promise<void> {
  const store = (
    owner: WireClient,
    poiId: number,
    state: 'approved' | 'under_review' | 'rejected',
    deleted = false,
  ) => ({
    account_id: owner.accountId,
    poi_id: poiId,
    business_name: 'A store',
    state,
    created_at: 0,
    deleted_at: deleted ? 1 : null,
  })
  const { neighbours } = STORES
  const rows = [
    store(merchant, STORES.underReview, 'under_review'),
    store(merchant, STORES.deleted, 'approved', true),
    store(neighbour, neighbours.approved, 'approved'),
    store(neighbour, neighbours.underReview, 'under_review'),
    store(neighbour, neighbours.rejected, 'rejected'),
    store(neighbour, neighbours.deleted, 'approved', true),
  ]
  await services.db.insertInto('store').values(rows).execute()
}

async function insertPictures({ services }: TestServer, merchant: WireClient, neighbour: WireClient): Promise<void> {
  const picture = { bytes: await aPicture(), mediaType: 'image/png', width: 120, height: 120 }
  await storePicture(services.pictures, merchant.accountId, picture, 'icon', key('a'))
  await storePicture(services.pictures, neighbour.accountId, picture, 'icon', key('b'))
  await storePicture(services.pictures, merchant.accountId, picture, 'license', key('c'))
}

async function insertNeighbours({ services: { db } }: TestServer, { accountId }: WireClient): Promise<void> {
  const page = { title: 'Theirs', description: 'Theirs', page_url: 'https://example.com', icon_url: '', comment: '' }
  await db
    .insertInto('page')
    .values({ account_id: accountId, page_id: NEIGHBOURS.page, created_at: 0, ...page })
    .execute()
  await db
    .insertInto('device_group')
    .values({
      account_id: accountId,
      group_id: NEIGHBOURS.group,
      group_name: 'Theirs',
      device_count: 0,
      created_at: 0,
    })
    .execute()
}
