import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiProblem } from '@shenpi/sdk/client'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'

for (const kind of DATABASES) {
  describe(`the library of reasons on ${kind.name}`, () => {
    test('stands in the order that a lead gave it, page by page, with new reasons last', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const list = async (limit: number) => {
        const seen: number[] = []
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await api.listReasons({ query: { kind: 'store', limit, ...(cursor && { cursor }) } })
          seen.push(...page.items.map(({ reason_no }) => reason_no))
          cursor = page.next_cursor
        }
        return seen
      }
      const before = await list(200)
      assert.ok(before.length >= 5)
      const [one = 0, two = 0, ...rest] = before
      const last = rest.at(-1) ?? 0
      await api.orderReasons({ body: { kind: 'store', order: [last, two] } })
      const text = { zh: '请补充。', en: 'Add it.' }
      const created = await api.createReason({
        body: { kind: 'store', move: 'reject', title: text, text, fields: [], retired: false },
      })
      const expected = [last, two, one, ...rest.slice(0, -1), created.reason_no]
      assert.deepEqual([await list(200), await list(2)], [expected, expected])
      const [told] = (await api.listTrail({ query: { action: 'reason.order' } })).items
      assert.deepEqual(told?.detail, { kind: 'store', order: expected.slice(0, -1) })
      await assert.rejects(
        api.orderReasons({ body: { kind: 'shop_scene', order: [one] } }),
        (error) => error instanceof ApiProblem && error.code === 'reason.unknown',
      )
    })
  })
}
