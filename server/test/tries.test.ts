import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { uploadDocument } from './apply-for-category.ts'
import { DATABASES } from './databases.ts'
import { decide } from './decide.ts'
import { aCategory, aRegistration } from './factories.ts'
import { apiProblem } from './problem.ts'
import { startTestServer } from './start-server.ts'

for (const kind of DATABASES) {
  describe(`the tries of an application on ${kind.name}`, () => {
    test('are told, and the rejected one is compared field by field and picture by picture', async () => {
      await using server = await startTestServer(kind)
      const { sandbox } = server
      const upload = (width: number) => uploadDocument(sandbox, { width })
      const triesOf = (id: string, compare_with?: string) =>
        server.api.call(api.getTries, { params: { id }, query: compare_with ? { compare_with } : {} })
      const [one, two, three] = [await upload(121), await upload(122), await upload(123)]
      const apply = async (license: string[], certificate: string[]) => {
        assert.equal(
          (await sandbox.post('/shop/audit/audit_category', aCategory(license, certificate))).json.errcode,
          0,
        )
      }
      await apply([one, two], [three])
      assert.deepEqual(await triesOf('1-1'), { items: [], more: false, comparison: null })
      await decide(server, '1-1', 'reject', '执照不清晰')
      await apply([two], [three])
      await server.api.decideApplication({
        params: { id: '1-2' },
        version: 1,
        body: { move: 'reject', reason: '缺少执照', fields: ['license'] },
      })
      await apply([three, two], [three])

      const { items, comparison } = await triesOf('1-3')
      assert.deepEqual(
        items.map(({ id, state, reason, fields }) => [id, state, reason, fields]),
        [
          ['1-2', 'rejected', '缺少执照', ['license']],
          ['1-1', 'rejected', '执照不清晰', []],
        ],
      )
      assert.equal(comparison?.id, '1-2')
      assert.deepEqual(
        comparison?.fields.map(({ field, changed, named }) => [field, changed, named]),
        [
          ['category', false, false],
          ['license', true, true],
          ['certificate', false, false],
          ['scene_group_list', false, false],
        ],
      )
      assert.deepEqual(comparison?.pictures, [
        { field: 'license', change: 'new', old: null, new: 0 },
        { field: 'license', change: 'same', old: 0, new: 1 },
        { field: 'certificate', change: 'same', old: 0, new: 0 },
      ])
      const withFirst = (await triesOf('1-3', '1-1')).comparison
      assert.deepEqual(withFirst?.pictures.slice(0, 2), [
        { field: 'license', change: 'changed', old: 0, new: 0 },
        { field: 'license', change: 'same', old: 1, new: 1 },
      ])

      const open = async (path: string, key: string | undefined = server.apiKey, etag = '') => {
        const headers = { authorization: `Bearer ${key}`, 'if-none-match': etag }
        return await fetch(`${server.url}/api/v1/applications/${path}`, { headers })
      }
      const picture = await open('1-3/pictures/license/1')
      assert.deepEqual(
        ['content-type', 'cache-control', 'x-content-type-options', 'content-security-policy'].map((name) =>
          picture.headers.get(name),
        ),
        ['image/png', 'private, no-cache', 'nosniff', "default-src 'none'; sandbox"],
      )
      const bytes = Buffer.from(await picture.arrayBuffer())
      assert.deepEqual(
        [bytes.length, bytes.toString('latin1', 1, 4)],
        [Number(picture.headers.get('content-length')), 'PNG'],
      )
      assert.equal((await open('1-3/pictures/license/2')).status, 404)
      assert.equal((await open('1-3/pictures/photo_list/0')).status, 404)
      assert.equal((await open('1-3/pictures/..%2Flicense/0')).status, 400)
      const etag = picture.headers.get('etag') ?? ''
      assert.equal((await open('1-3/pictures/license/1', server.apiKey, etag)).status, 304)
      assert.equal((await open('1-3/pictures/license/1', 'nobody', etag)).status, 401)

      await sandbox.post('/shakearound/account/register', aRegistration())
      for (const other of ['1-3', '1-4', '2-1', 'nothing']) {
        await assert.rejects(triesOf('1-3', other), apiProblem('application.unknown', 404), other)
      }
      await assert.rejects(triesOf('1-99'), apiProblem('application.unknown', 404))
    })
  })
}
