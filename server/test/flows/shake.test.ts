import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { DATABASES } from '../databases.ts'
import { aBatch, aFile, aPicture } from '../factories.ts'
import { startTestServer } from '../start-server.ts'

for (const kind of DATABASES) {
  describe(`the flow from a batch to a shake on ${kind.name}`, () => {
    test('shows nothing for a device without a page, then its page, and a new page at once', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { sandbox } = server
      const call = async (path: string, body: unknown) => {
        const { json } = await sandbox.post(path, body)
        assert.equal(json.errcode, 0, `${path}: ${JSON.stringify(json)}`)
        return json.data
      }
      await call('/shakearound/device/applyid', aBatch({ quantity: 1 }))
      const search = () => call('/shakearound/device/search', { type: 2, last_seen: 0, count: 50 })
      const [{ device_id, uuid, major, minor }] = (await search()).devices
      const icon_url = (await sandbox.upload('/shakearound/material/add', aFile(await aPicture()))).json.data.pic_url
      const addPage = async (page_url: string) =>
        (await call('/shakearound/page/add', { title: 'Hello', description: 'Sale today', page_url, icon_url })).page_id
      const bind = (...page_ids: number[]) =>
        call('/shakearound/device/bindpage', { device_identifier: { device_id }, page_ids })
      const shake = async () => {
        const beacons = [{ uuid, major, minor, distance: 0.5 }]
        const { pages } = await server.api.call(api.shake, { body: { openid: 'o-1', beacons } })
        return pages.map(({ url }) => url)
      }

      assert.deepEqual(await shake(), [])
      await bind(await addPage('https://example.com/a?x=1#top'))
      const [first = ''] = await shake()
      const ticket = new URL(first).searchParams.get('ticket')
      assert.match(first, /^https:\/\/example\.com\/a\?x=1&ticket=[0-9a-f]+#top$/)
      const info = await call('/shakearound/user/getshakeinfo', { ticket })
      assert.equal(info.openid, 'o-1')
      assert.deepEqual(info.beacon_info, { distance: 0.5, uuid, major, minor })

      await bind(await addPage('https://example.com/b'))
      assert.match((await shake())[0] ?? '', /^https:\/\/example\.com\/b\?ticket=/)
      await bind()
      assert.deepEqual(await shake(), [])
    })
  })
}
