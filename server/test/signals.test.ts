import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import sharp from 'sharp'
import { submitApplication } from '../src/applications/submit-application.ts'
import { FailureLog } from '../src/log/failure-log.ts'
import { layTraces } from '../src/signals/lay-traces.ts'
import { listBacklog } from '../src/signals/trace-backlog.store.ts'
import { DATABASES } from './databases.ts'
import { decide } from './decide.ts'
import { aFile, aRegistration, aStore } from './factories.ts'
import { startTestServer, type TestServer, type WireClient } from './start-server.ts'

/** A photo that is unlike any of another number. */
function aPhoto(number: number, { width = 640, quality = 90 } = {}): Promise<Buffer> {
  const grey = Uint8Array.from({ length: 81 }, (_, at) => Math.imul((at + 1) * (number + 7), 2654435761) >>> 24)
  return sharp(grey, { raw: { width: 9, height: 9, channels: 1 } })
    .resize(width, width, { kernel: 'nearest' })
    .jpeg({ quality })
    .toBuffer()
}

async function addStore(account: WireClient, photo: Buffer, changes: object = {}): Promise<string> {
  const form = new FormData()
  form.set('buffer', aFile(photo, 'image/jpeg'), 'photo.jpg')
  const { url } = (await account.form('/cgi-bin/media/uploadimg', form)).json
  const store = aStore(url)
  Object.assign(store.business.base_info, changes)
  assert.equal((await account.post('/cgi-bin/poi/addpoi', store)).json.errcode, 0)
  return url
}

for (const kind of DATABASES) {
  describe(`the signals of an application on ${kind.name}`, () => {
    let server: TestServer
    before(async () => {
      server = await startTestServer(kind)
    })
    after(() => server[Symbol.asyncDispose]())

    const signalsOf = (id: string) => server.api.call(api.getSignals, { params: { id } })
    const search = async (q: string) => (await server.api.call(api.search, { query: { q } })).items
    const idsOf = (items: readonly { id?: string }[]) => items.map(({ id }) => id)
    const layAll = async () => {
      const { pictures, log, db } = server.services
      const parts = { pictures, failures: new FailureLog(log) }
      for (let afterId = 0; (await listBacklog(db, 0, 1)).length > 0; ) afterId = await layTraces(parts, afterId)
    }

    test('are the phone, the e-mail address and the licence number of another account’s', async () => {
      const [one, other] = [await server.newAccount('甲公司'), await server.newAccount('乙公司')]
      const register = (account: WireClient, changes: object) =>
        account.post('/shakearound/account/register', { ...aRegistration(), ...changes })
      const phone_number = '+86 138-0000-5678'
      await register(one, { phone_number, email: 'A@shop.example', apply_reason: '执照 91350100M000100Y43' })
      await decide(server, `${one.accountId}-1`, 'reject', '执照过期')
      const again = { phone_number: '13800005678', email: 'a@SHOP.example', apply_reason: '91350100m000100y43 见附件' }
      assert.equal((await register(other, again)).json.errcode, 0)

      const { items, credit_codes } = await signalsOf(`${other.accountId}-1`)
      assert.deepEqual(items.map(({ trace }) => trace).toSorted(), ['email', 'licence', 'phone'])
      for (const { accounts, rejected, more, applications } of items) {
        assert.deepEqual({ accounts, rejected, more }, { accounts: 1, rejected: 1, more: false })
        assert.deepEqual(idsOf(applications), [`${one.accountId}-1`])
        assert.equal(applications[0]?.account_name, '甲公司')
      }
      assert.deepEqual(credit_codes, [{ field: 'apply_reason', code: '91350100M000100Y43', fault: null }])
    })

    test('are not what an account has in common with itself', async () => {
      const { appid, accountId } = await server.newAccount()
      const body = { quantity: 1, purpose: 'licence 9144030071526726XG' }
      const apply = () => server.api.applyForDeviceQuota({ params: { appid }, body })
      await decide(server, (await apply()).id, 'reject', 'no')
      await apply()
      assert.deepEqual((await signalsOf(`${accountId}-2`)).items, [])
      assert.deepEqual(
        (await search('9144030071526726XG')).map((item) => item.type === 'application' && item.id),
        [`${accountId}-2`, `${accountId}-1`],
      )
    })

    test('hide no account behind one that has very many applications with the same', async () => {
      const [small, busy, asked] = [await server.newAccount(), await server.newAccount(), await server.newAccount()]
      const { review } = server.services
      const submit = async ({ accountId }: WireClient, poi_id = 0) => {
        const base_info = { telephone: '010-5550000' }
        const payload = {
          poi_id,
          sid: '',
          change: 'new',
          base_info: { ...aStore('x').business.base_info, ...base_info },
        }
        return await submitApplication(review, { accountId, kind: 'store', payload })
      }
      await submit(small)
      for (let count = 0; count < 60; count += 1) await submit(busy)
      const { applicationNo } = await submit(asked)
      const [signal] = (await signalsOf(`${asked.accountId}-${applicationNo}`)).items
      assert.equal(signal?.accounts, 2)
      assert.deepEqual(
        idsOf(signal?.applications ?? []),
        [60, 59, 58, 57, 56].map((no) => `${busy.accountId}-${no}`).concat(`${small.accountId}-1`),
      )
      const found = await server.api.call(api.search, { query: { q: '010-5550000' } })
      const ids = found.items.map((item) => item.type === 'application' && item.id)
      assert.deepEqual([ids.length, ids.includes(`${small.accountId}-1`), found.more], [30, true, true])
    })

    test('are photos that look alike, and the same picture', async () => {
      const [one, other, third] = [await server.newAccount(), await server.newAccount(), await server.newAccount()]
      await addStore(one, await aPhoto(1), { telephone: '010-1110001' })
      await addStore(other, await aPhoto(1, { width: 300, quality: 50 }), { telephone: '010-1110002' })
      await addStore(third, await aPhoto(2), { telephone: '010-1110003' })
      await layAll()
      const alike = (await signalsOf(`${other.accountId}-1`)).items
      assert.deepEqual(
        alike.map(({ trace, pictures, applications }) => [trace, pictures, idsOf(applications)]),
        [['photo', [{ field: 'photo_list', position: 0 }], [`${one.accountId}-1`]]],
      )
      assert.ok((alike[0]?.applications[0]?.distance ?? 99) <= 6)
      assert.deepEqual((await signalsOf(`${third.accountId}-1`)).items, [])

      const fourth = await server.newAccount()
      await addStore(fourth, await aPhoto(2), { telephone: '010-1110004' })
      await layAll()
      const [same, ...more] = (await signalsOf(`${fourth.accountId}-1`)).items
      assert.deepEqual(
        [same?.trace, same?.pictures.length, idsOf(same?.applications ?? [])],
        ['picture', 1, [`${third.accountId}-1`]],
      )
      assert.deepEqual(more, [])
    })

    test('are laid in the background for applications that were made before there were traces', async () => {
      const account = await server.newAccount()
      const { review, db } = server.services
      const purpose = 'code 91330100799655058B'
      for (let count = 0; count < 45; count += 1) {
        const payload = { quantity: 501, apply_reason: purpose, comment: '', poi_id: 0 }
        const { applicationNo } = await submitApplication(review, {
          accountId: account.accountId,
          kind: 'device_batch',
          payload,
        })
        await decide(server, `${account.accountId}-${applicationNo}`, 'reject', 'no')
      }
      const { accountId } = account
      await db.deleteFrom('application_trace').where('account_id', '=', accountId).execute()
      await db.insertInto('trace_backlog').values({ account_id: accountId, first_no: 1, next_no: 45 }).execute()
      assert.deepEqual(await search('91330100799655058B'), [])
      await layAll()
      const { items, more } = await server.api.call(api.search, { query: { q: '91330100799655058b' } })
      assert.deepEqual([items.length, more], [30, true])
      const traces = await db.selectFrom('application_trace').where('account_id', '=', accountId).selectAll().execute()
      assert.equal(traces.length, 45)
    })

    test('are found by whatever is known of an application or an account', async () => {
      const account = await server.newAccount('海棠花艺（测试）')
      const person = { name: '林 晓棠', phone_number: '0571-88990011', email: 'tang@haitang.example' }
      await account.post('/shakearound/account/register', { ...aRegistration(), ...person })
      const id = `${account.accountId}-1`
      const { audit_id } = await server.api.call(api.getApplication, { params: { id } })
      const cases = [
        [id, 'id'],
        [audit_id, 'audit_id'],
        ['+86 571 8899 0011', 'phone'],
        ['TANG@haitang.example', 'email'],
        [' 林晓棠 ', 'contact'],
      ] as const
      for (const [q, match] of cases) {
        const found = await search(q)
        assert.deepEqual(
          found.map((item) => [item.type, item.match, item.type === 'application' && item.id]),
          [['application', match, id]],
          q,
        )
      }
      for (const [q, match] of [
        ['海棠花', 'name'],
        [account.appid.toUpperCase().replace('WX', 'wx'), 'appid'],
      ] as const) {
        const found = await search(q)
        const { appid } = account
        assert.deepEqual(found, [{ type: 'account', match, appid, account_name: '海棠花艺（测试）' }], q)
      }
      for (const q of ['nothing', '%', '_', "' or 1=1", '0', '\u{10ffff}', '1-99999999999999']) {
        assert.deepEqual(await search(q), [], q)
      }
    })
  })
}
