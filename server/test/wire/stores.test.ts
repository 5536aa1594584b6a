import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shakearound, stores } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBatch, aStore } from '../factories.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { run, runUnchanged, snapshot, unshown, type WireCase, withoutRid } from './shop-case.ts'

const PHOTO = '{photo}'
const store = (changes: Record<string, unknown> = {}) => aStore(PHOTO, changes)
const without = (field: string) => store({ [field]: undefined })
const { addPoi, getPoi, getPoiList, updatePoi, delPoi, getWxCategory, apiGetWxCategory, mediaUploadImg } = stores
const change = (poi_id: unknown, changes: object) => ({ business: { base_info: { poi_id, ...changes } } })

/** On an account with nothing but an uploaded photo. */
const ADD: WireCase[] = [
  { name: 'no business', call: addPoi, request: {}, errcode: 990007 },
  { name: 'business is no object', call: addPoi, request: { business: 1 }, errcode: 40097 },
  { name: 'no name', call: addPoi, request: without('business_name'), errcode: 65109 },
  { name: 'an empty name', call: addPoi, request: store({ business_name: '' }), errcode: 65109 },
  { name: 'a name with U+0000', call: addPoi, request: store({ business_name: 'a\0' }), errcode: 65109 },
  {
    name: 'a name of 101 characters',
    call: addPoi,
    request: store({ business_name: '店'.repeat(101) }),
    errcode: 65109,
  },
  { name: 'no province', call: addPoi, request: without('province'), errcode: 65113 },
  { name: 'no city', call: addPoi, request: without('city'), errcode: 65112 },
  { name: 'no address', call: addPoi, request: without('address'), errcode: 65110 },
  { name: 'no telephone', call: addPoi, request: without('telephone'), errcode: 65111 },
  { name: 'letters in the telephone', call: addPoi, request: store({ telephone: '020-CALLUS' }), errcode: 65111 },
  { name: 'no categories', call: addPoi, request: without('categories'), errcode: 65104 },
  { name: 'an empty list of categories', call: addPoi, request: store({ categories: [] }), errcode: 65104 },
  { name: 'a category with an empty level', call: addPoi, request: store({ categories: ['美食,'] }), errcode: 65104 },
  { name: 'no photos', call: addPoi, request: without('photo_list'), errcode: 65114 },
  { name: 'an empty list of photos', call: addPoi, request: store({ photo_list: [] }), errcode: 65114 },
  { name: 'a photo without its link', call: addPoi, request: store({ photo_list: [{}] }), errcode: 65105 },
  {
    name: 'a photo from elsewhere',
    call: addPoi,
    request: store({ photo_list: [{ photo_url: 'https://example.com/a.jpg' }] }),
    errcode: 65105,
  },
  {
    name: 'one photo of its own and one of another account',
    call: addPoi,
    request: store({ photo_list: [{ photo_url: PHOTO }, { photo_url: '{foreignPhoto}' }] }),
    errcode: 65105,
  },
  { name: 'no special', call: addPoi, request: without('special'), errcode: 990007 },
  { name: 'no opening time', call: addPoi, request: without('open_time'), errcode: 990007 },
  { name: 'no longitude', call: addPoi, request: without('longitude'), errcode: 990007 },
  { name: 'a latitude beyond the pole', call: addPoi, request: store({ latitude: 90.1 }), errcode: 40097 },
  { name: 'an unknown kind of coordinates', call: addPoi, request: store({ offset_type: 7 }), errcode: 40097 },
  { name: 'a price of 0', call: addPoi, request: store({ avg_price: 0 }), errcode: 40097 },
  { name: 'the first store', call: addPoi, request: store(), errcode: 0, answer: { poi_id: 100_000_001 } },
  {
    name: 'what is required alone, numbers as texts',
    call: addPoi,
    request: store({
      sid: undefined,
      branch_name: undefined,
      district: undefined,
      recommend: undefined,
      introduction: undefined,
      avg_price: undefined,
      longitude: '113.41',
      latitude: '-23.12',
      offset_type: '1',
    }),
    errcode: 0,
    answer: { poi_id: 100_000_002 },
  },
]

const UPLOAD: WireCase[] = [
  { name: 'no file', call: mediaUploadImg, request: { a: 'b' }, errcode: 41005 },
  { name: 'an empty file', call: mediaUploadImg, request: {}, file: { part: 'buffer', is: 'empty' }, errcode: 41005 },
  {
    name: 'a file in another part',
    call: mediaUploadImg,
    request: {},
    file: { part: 'f', is: 'jpeg' },
    errcode: 41005,
  },
  { name: 'a PNG', call: mediaUploadImg, request: {}, file: { part: 'buffer', is: 'png' }, errcode: 40005 },
  { name: 'a text', call: mediaUploadImg, request: {}, file: { part: 'buffer', is: 'text' }, errcode: 40005 },
  {
    name: 'a broken JPEG',
    call: mediaUploadImg,
    request: {},
    file: { part: 'buffer', is: 'broken' },
    errcode: 1070011,
  },
  { name: 'over 1 MB', call: mediaUploadImg, request: {}, file: { part: 'buffer', is: 'large' }, errcode: 40009 },
  { name: 'over 10 MB', call: mediaUploadImg, request: {}, file: { part: 'buffer', is: 'over 10 MB' }, errcode: 40006 },
  { name: 'a JPEG', call: mediaUploadImg, request: {}, file: { part: 'buffer', is: 'jpeg' }, errcode: 0 },
  { name: 'a JPEG in media', call: mediaUploadImg, request: {}, file: { part: 'media', is: 'jpeg' }, errcode: 0 },
]

/** On an account with an approved store, one that was deleted, one under review and one with a change under review. */
const MANAGE: WireCase[] = [
  { name: 'no poi_id', call: getPoi, request: {}, errcode: 65115 },
  { name: 'a poi_id that is no number', call: getPoi, request: { poi_id: 'x' }, errcode: 65115 },
  { name: 'an unknown store', call: getPoi, request: { poi_id: 7 }, errcode: 65115 },
  { name: 'a deleted store', call: getPoi, request: { poi_id: '{deleted}' }, errcode: 65116 },
  {
    name: 'an approved store by its number',
    call: getPoi,
    request: { poi_id: '{approved}' },
    errcode: 0,
    answer: {
      business: {
        base_info: {
          business_name: '肯德基',
          available_state: 3,
          update_status: 0,
          photo_list: [{ photo_url: PHOTO }],
        },
      },
    },
  },
  {
    name: 'a store under review by its number as a text',
    call: getPoi,
    request: { poi_id: '{waitingText}' },
    errcode: 0,
    answer: { business: { base_info: { poi_id: '{waitingText}', available_state: 2 } } },
  },
  {
    name: 'a store with a change under review is as it was',
    call: getPoi,
    request: { poi_id: '{changing}' },
    errcode: 0,
    answer: { business: { base_info: { available_state: 3, update_status: 1, open_time: '8:00-20:00' } } },
  },
  { name: 'a page of 0', call: getPoiList, request: { limit: 0 }, errcode: 40097 },
  { name: 'a page of 51', call: getPoiList, request: { begin: 0, limit: 51 }, errcode: 40097 },
  {
    name: 'the first page',
    call: getPoiList,
    request: { begin: 0, limit: 1 },
    errcode: 0,
    answer: { business_list: [{ base_info: { available_state: 3 } }], total_count: '3' },
  },
  { name: 'all', call: getPoiList, request: {}, errcode: 0, answer: { total_count: '3' } },
  { name: 'beyond the last', call: getPoiList, request: { begin: 9 }, errcode: 0, answer: { business_list: [] } },
  { name: 'no business', call: updatePoi, request: {}, errcode: 990007 },
  { name: 'business is a list', call: updatePoi, request: { business: [] }, errcode: 40097 },
  { name: 'no poi_id', call: updatePoi, request: change(undefined, { open_time: '9' }), errcode: 65115 },
  { name: 'an unknown store', call: updatePoi, request: change(7, { open_time: '9' }), errcode: 65115 },
  { name: 'a deleted store', call: updatePoi, request: change('{deleted}', { open_time: '9' }), errcode: 65116 },
  { name: 'a store under review', call: updatePoi, request: change('{waiting}', { open_time: '9' }), errcode: 65106 },
  { name: 'a second change', call: updatePoi, request: change('{changing}', { open_time: '9' }), errcode: 65107 },
  { name: 'nothing to change', call: updatePoi, request: change('{approved}', {}), errcode: 990007 },
  {
    name: 'only what cannot be changed',
    call: updatePoi,
    request: change('{approved}', { business_name: '麦当劳' }),
    errcode: 990007,
  },
  { name: 'a bad telephone', call: updatePoi, request: change('{approved}', { telephone: 'x' }), errcode: 65111 },
  { name: 'an empty photo list', call: updatePoi, request: change('{approved}', { photo_list: [] }), errcode: 65114 },
  {
    name: 'a photo from elsewhere',
    call: updatePoi,
    request: change('{approved}', { photo_list: [{ photo_url: 'https://example.com/a.jpg' }] }),
    errcode: 65105,
  },
  { name: 'no poi_id', call: delPoi, request: {}, errcode: 65115 },
  { name: 'an unknown store', call: delPoi, request: { poi_id: 7 }, errcode: 65115 },
  { name: 'a store that was deleted already', call: delPoi, request: { poi_id: '{deleted}' }, errcode: 65116 },
  { name: 'a store under review', call: delPoi, request: { poi_id: '{waiting}' }, errcode: 65117 },
  { name: 'a store with a change under review', call: delPoi, request: { poi_id: '{changing}' }, errcode: 65117 },
  { name: 'the categories', call: getWxCategory, request: {}, errcode: 0 },
  { name: 'the categories by the other path', call: apiGetWxCategory, request: {}, errcode: 0 },
]

export const CASES: readonly WireCase[] = [...ADD, ...UPLOAD, ...MANAGE]

test('every refusal of the calls for stores is shown', () => {
  assert.deepEqual(unshown(Object.values(stores), CASES), [])
})

async function uploadPhoto(client: WireClient): Promise<string> {
  const upload: WireCase = { ...(UPLOAD.at(-1) as WireCase) }
  return (await run(client, upload)).json.url
}

async function addStore(client: WireClient, changes: Record<string, unknown> = {}): Promise<number> {
  const added = await client.post(addPoi.path, aStore(await uploadPhoto(client), changes))
  return added.json.poi_id
}

/** The account's last application, as the staff sees it. */
async function latest(server: TestServer, { appid }: WireClient) {
  const { items } = await server.api.call(api.listApplications, { query: { appid, kind: 'store' } })
  const [application] = items
  assert.ok(application)
  return application
}

const infoOf = async (client: WireClient, poi_id: number) =>
  (await client.post(getPoi.path, { poi_id })).json.business.base_info

for (const kind of DATABASES) {
  describe(`stores on ${kind.name}`, () => {
    test('the field rules of addpoi and of the upload', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await server.newAccount(), await server.newAccount()]
      const places = { photo: await uploadPhoto(merchant), foreignPhoto: await uploadPhoto(other) }
      assert.match(places.photo, /\/mmbiz\/\w+\/0$/)
      assert.equal((await fetch(places.photo)).headers.get('content-type'), 'image/jpeg')
      for (const wireCase of [...ADD, ...UPLOAD]) await runUnchanged(server.services.db, merchant, wireCase, places)
    })

    test('the rules of all other calls; another account’s store is as unknown as one that never was', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await server.newAccount(), await server.newAccount()]
      const photo = await uploadPhoto(merchant)
      const add = async () => (await merchant.post(addPoi.path, aStore(photo))).json.poi_id as number
      const approved = await add()
      await decide(server, (await latest(server, merchant)).id, 'approve')
      const changing = await add()
      await decide(server, (await latest(server, merchant)).id, 'approve')
      await merchant.post(updatePoi.path, change(changing, { open_time: '10:00-22:00' }))
      const waiting = await add()
      const deleted = await add()
      await decide(server, (await latest(server, merchant)).id, 'approve')
      await merchant.post(delPoi.path, { poi_id: deleted })
      const places = { photo, approved, changing, waiting, deleted, waitingText: String(waiting) }
      for (const wireCase of MANAGE) await runUnchanged(server.services.db, merchant, wireCase, places)

      const before = await snapshot(server.services.db)
      for (const poi_id of [approved, deleted]) {
        for (const [call, foreign, unknown] of [
          [getPoi, { poi_id }, { poi_id: 7 }],
          [delPoi, { poi_id }, { poi_id: 7 }],
          [updatePoi, change(poi_id, { open_time: '9' }), change(7, { open_time: '9' })],
        ] as const) {
          const answers = [await other.post(call.path, foreign), await other.post(call.path, unknown)]
          assert.equal(...(answers.map(withoutRid) as [string, string]))
        }
      }
      assert.deepEqual(await snapshot(server.services.db), before)
    })

    test('the categories are answered to GET as well', async () => {
      await using server = await startTestServer(kind)
      for (const { path } of [getWxCategory, apiGetWxCategory]) {
        const { category_list } = (await server.sandbox.get(path)).json
        assert.ok(category_list.includes('美食,小吃快餐'))
      }
    })

    for (const format of ['xml', 'json'] as const) {
      test(`a store is approved, changed, and its merchant is told in ${format}`, async () => {
        await using server = await startTestServer(kind)
        await using receiver = await startReceiver()
        const merchant = await server.newAccount()
        await callBackTo(server, merchant, receiver, { format })
        const poi_id = await addStore(merchant)
        assert.equal((await infoOf(merchant, poi_id)).available_state, 2)
        const { id, summary } = await latest(server, merchant)
        assert.equal(summary, `new store ${poi_id}: 肯德基, 中山大道88号`)
        const shown = await server.api.call(api.getApplication, { params: { id } })
        assert.equal(shown.pictures[0]?.state, 'stored')
        await decide(server, id, 'approve')
        const { message } = await receiver.waitFor(1)
        assert.equal(message.Event, 'poi_check_notify')
        assert.deepEqual(
          [message.UniqId, String(message.PoiId), message.Result, message.Msg],
          ['store-1', String(poi_id), 'succ', ''],
        )
        assert.equal((await infoOf(merchant, poi_id)).available_state, 3)

        const changes = { open_time: '10:00-22:00', avg_price: 40 }
        assert.equal((await merchant.post(updatePoi.path, change(String(poi_id), changes))).json.errcode, 0)
        await decide(server, (await latest(server, merchant)).id, 'reject', 'the price is wrong')
        const rejection = (await receiver.waitFor(2)).message
        assert.deepEqual([rejection.Result, rejection.Msg], ['fail', 'the price is wrong'])
        const unchanged = await infoOf(merchant, poi_id)
        assert.deepEqual([unchanged.open_time, unchanged.avg_price, unchanged.update_status], ['8:00-20:00', 35, 0])

        await merchant.post(updatePoi.path, change(poi_id, changes))
        const again = await latest(server, merchant)
        assert.equal(again.summary, `store ${poi_id}: change of open_time, avg_price`)
        await decide(server, again.id, 'approve')
        const changed = await infoOf(merchant, poi_id)
        assert.deepEqual([changed.open_time, changed.avg_price, changed.update_status], ['10:00-22:00', 40, 0])
        assert.equal(changed.telephone, '020-12345678')
      })
    }

    test('a rejected store says so, and keeps its number', async () => {
      await using server = await startTestServer(kind)
      const merchant = await server.newAccount()
      const poi_id = await addStore(merchant)
      await decide(server, (await latest(server, merchant)).id, 'reject', '地址不详')
      assert.equal((await infoOf(merchant, poi_id)).available_state, 4)
      const update = await merchant.post(updatePoi.path, change(poi_id, { open_time: '9' }))
      assert.equal(update.json.errcode, 65106)
    })

    test('a store is deleted once nothing of it is under review, a rejected one too', async () => {
      await using server = await startTestServer(kind)
      const merchant = await server.newAccount()
      const erase = async (poi_id: number) => (await merchant.post(delPoi.path, { poi_id })).json.errcode
      const decideLatest = async (move: 'approve' | 'reject') =>
        decide(server, (await latest(server, merchant)).id, move, 'seen')
      const rejected = await addStore(merchant)
      assert.equal(await erase(rejected), 65117)
      await decideLatest('reject')
      assert.equal(await erase(rejected), 0)
      assert.equal((await merchant.post(getPoi.path, { poi_id: rejected })).json.errcode, 65116)

      const changing = await addStore(merchant)
      await decideLatest('approve')
      await merchant.post(updatePoi.path, change(changing, { open_time: '10:00-22:00' }))
      assert.equal(await erase(changing), 65117)
      await decideLatest('approve')
      assert.equal(await erase(changing), 0)
    })

    test('devices are bound to a store before it is approved, and to none that is unknown or deleted', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { sandbox } = server
      const apply = async (poi_id: number) =>
        (await sandbox.post(shakearound.deviceApplyId.path, aBatch({ poi_id }))).json.errcode
      const poi_id = await addStore(sandbox)
      assert.equal(await apply(poi_id), 0)
      assert.equal(await apply(1234), 0)
      assert.equal(await apply(poi_id + 1), 9001033)
      await decide(server, (await latest(server, sandbox)).id, 'approve')
      await sandbox.post(delPoi.path, { poi_id })
      assert.equal(await apply(poi_id), 9001033)
      assert.equal((await infoOf(sandbox, 1234)).business_name, 'Sample store')
    })
  })
}
