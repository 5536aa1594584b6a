import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { apiProblem } from '../problem.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { applyForBatch, openMerchant, putRule, STATUS, statusOf } from './outcome-calls.ts'

for (const kind of DATABASES) {
  describe(`rules of outcomes on ${kind.name}`, () => {
    test('are a header, a text, those of the account, those of all: the first of them counts', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const { api } = server
      const reject = (reason: string) => ({ outcome: { move: 'reject' as const, reason } })
      await api.putSharedOutcomeRule({ params: { name: 'of-all' }, body: reject('of all') })
      const decided = async (asked: Parameters<typeof applyForBatch>[2]) => {
        const { data } = await applyForBatch(server, merchant, asked)
        // Staff decide no large batch before it is answered, so that no rule seems to either.
        assert.equal(data.audit_status, STATUS.under_review)
        return (await statusOf(merchant, data.apply_id)).audit_comment
      }
      assert.equal(await decided({}), 'of all')
      await putRule(server, merchant, 'second', { ...reject('second'), position: 9 })
      assert.equal(await decided({}), 'second')
      await putRule(server, merchant, 'first', { ...reject('first'), position: 3 })
      assert.equal(await decided({}), 'first')
      assert.equal(await decided({ comment: '[reject:comment]' }), 'comment')
      assert.equal(
        await decided({ apply_reason: '门店 [reject:营业执照不清晰]', comment: '[approve]' }),
        '营业执照不清晰',
      )
      const outcome = `[reject:${encodeURIComponent('表头')}]`
      assert.equal(await decided({ outcome, apply_reason: '[reject:x]' }), '表头')

      const { items: own } = await api.listOutcomeRules({ params: { appid: merchant.appid } })
      const { items: shared } = await api.listSharedOutcomeRules()
      assert.deepEqual(
        [...own, ...shared].map(({ name, hits }) => `${name} ${hits}`),
        ['first 1', 'second 1', 'of-all 1'],
      )
      const { items } = await api.listOutcomes({ params: { appid: merchant.appid }, query: { limit: 2 } })
      assert.deepEqual(
        items.map(({ by, state, reason }) => [by, state, reason]),
        [
          ['rule:header', 'effective', '表头'],
          ['rule:text', 'effective', '营业执照不清晰'],
        ],
      )
    })

    test('refuse a submission whose words cannot be read, and nothing of it is stored', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      for (const [asked, why] of [
        [
          { comment: 'floor 1 [approve:soon]' },
          '[approve:soon]: soon is neither after=2d (s, m, h, d, wd) nor polls=3.',
        ],
        [{ outcome: '[aprove]' }, '[aprove]: [approve], [reject:REASON] or [hold].'],
        [{ outcome: 'approve' }, 'approve: [approve], [reject:REASON] or [hold].'],
      ] as const) {
        const { errcode, errmsg } = await applyForBatch(server, merchant, asked)
        const text = `${errmsg}`.split(' rid: ')[0]
        assert.deepEqual([errcode, text], [47001, `The outcome that is asked for cannot be read: ${why}`])
      }
      assert.equal(
        (await server.api.listApplications({ query: { appid: merchant.appid, kind: 'device_batch' } })).items.length,
        0,
      )
    })

    test('match by kind, fields, the number of the try and the account', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const other = await openMerchant(server)
      const { api } = server
      await api.setSharedOutcomeRules({
        body: {
          rules: [
            { name: 'stores', match: { kinds: ['store'] }, outcome: { move: 'reject', reason: 'stores' } },
            { name: 'other', match: { appid: other.appid }, outcome: { move: 'reject', reason: 'other' } },
            {
              name: 'large',
              match: { fields: [{ path: 'quantity', at_least: 1000, at_most: 2000 }] },
              outcome: { move: 'reject', reason: 'large', fields: ['quantity', 'brand_wording'] },
            },
            {
              name: 'blue',
              match: {
                fields: [
                  { path: '$.comment', contains: 'blue' },
                  { path: 'poi_id', equals: 0 },
                ],
              },
              outcome: { move: 'reject', reason: 'blue' },
            },
            { name: 'third', match: { try: 5 }, outcome: { move: 'approve' } },
            { name: 'rest', outcome: { move: 'reject', reason: 'rest' } },
          ],
        },
      })
      const why = async (client: WireClient, changes: object) => {
        const { data } = await applyForBatch(server, client, { ...changes })
        const { audit_comment } = await statusOf(client, data.apply_id)
        return audit_comment
      }
      assert.equal(await why(other, {}), 'other')
      assert.equal(await why(merchant, { quantity: 1500 }), 'large')
      assert.equal(await why(merchant, { quantity: 2500, comment: 'blue' }), 'blue')
      assert.equal(await why(merchant, { comment: 'red' }), 'rest')
      assert.equal(await why(merchant, {}), 'rest')
      assert.equal(await why(merchant, {}), 'Approved')
      const { items } = await api.listApplications({ query: { appid: merchant.appid, state: 'rejected' } })
      const fields = await Promise.all(
        items.map(async ({ id }) => (await api.getApplication({ params: { id } })).rejected_fields),
      )
      assert.deepEqual(fields.flat(), ['quantity'])
    })
  })
}

// What is checked before anything is stored does not depend on the database.
const [anyKind] = DATABASES as [DatabaseKind]

describe('the rules of a sandbox', () => {
  const approve = { outcome: { move: 'approve' as const } }

  test('are put, kept in their order over a start, replaced all or none, and deleted', async () => {
    const first = await startTestServer(anyKind)
    const { appid } = first.sandbox
    const params = { appid }
    const names = async ({ api }: TestServer) => (await api.listOutcomeRules({ params })).items.map(({ name }) => name)
    for (const name of ['b', 'a', 'c']) await first.api.putOutcomeRule({ params: { appid, name }, body: approve })
    await first.api.putOutcomeRule({ params: { appid, name: 'c' }, body: { ...approve, position: 0 } })
    assert.deepEqual(await names(first), ['c', 'b', 'a'])
    await first.services.db.updateTable('sandbox_outcome_rule').set({ hits: 3 }).execute()
    const same = await first.api.putOutcomeRule({ params: { appid, name: 'a' }, body: approve })
    const other = await first.api.putOutcomeRule({ params: { appid, name: 'b' }, body: { outcome: { move: 'leave' } } })
    assert.deepEqual([same.hits, other.hits], [3, 0])
    await first.stop()

    await using server = await startTestServer(anyKind, { place: first.place })
    assert.deepEqual(await names(server), ['c', 'b', 'a'])
    const faulty = { name: 'bad', outcome: { move: 'reject' as const } }
    const set = server.api.setOutcomeRules({ params, body: { rules: [{ name: 'new', ...approve }, faulty] } })
    await assert.rejects(set, apiProblem('outcome_rule.malformed', 422))
    assert.deepEqual(await names(server), ['c', 'b', 'a'])
    await server.api.setOutcomeRules({
      params,
      body: {
        rules: [
          { name: 'new', ...approve },
          { name: 'a', ...approve },
        ],
      },
    })
    const { items } = await server.api.listOutcomeRules({ params })
    assert.deepEqual(
      items.map(({ name, position, hits }) => [name, position, hits]),
      [
        ['new', 1, 0],
        ['a', 2, 3],
      ],
    )
    await server.api.deleteOutcomeRule({ params: { appid, name: 'new' } })
    const gone = server.api.deleteOutcomeRule({ params: { appid, name: 'new' } })
    await assert.rejects(gone, apiProblem('outcome_rule.unknown', 404))
    const many = Array.from({ length: 200 }, (_, index) => ({ name: `rule-${index}`, ...approve }))
    await server.api.setOutcomeRules({ params, body: { rules: many } })
    const more = server.api.putOutcomeRule({ params: { appid, name: 'one-more' }, body: approve })
    await assert.rejects(more, apiProblem('outcome_rule.too_many', 409))
    await server.api.putOutcomeRule({ params: { appid, name: 'rule-7' }, body: approve })
  })

  const FAULTS: [place: RegExp, body: ApiOutcomeRuleBody][] = [
    [/stands\. outcome\.reason: /, { outcome: { move: 'reject' } }],
    [/stands\. outcome\.reason: .*\{date\}/, { outcome: { move: 'reject', reason: 'ended on {date}' } }],
    [/stands\. outcome\.fields: /, { outcome: { move: 'approve', fields: ['quantity'] } }],
    [
      /stands\. outcome\.fields\[0\]: quantity is no field of store/,
      { match: { kinds: ['store'] }, outcome: { move: 'reject', reason: 'x', fields: ['quantity'] } },
    ],
    [/stands\. when\.polls: one of after_seconds and polls/, { ...approve, when: { after_seconds: 1, polls: 1 } }],
    [/stands\. when: /, { outcome: { move: 'leave' }, when: { polls: 1 } }],
    [/stands\. match\.fields\[0\]\.path: /, { ...approve, match: { fields: [{ path: 'a..b', equals: 1 }] } }],
    [/stands\. match\.fields\[0\]: say one of/, { ...approve, match: { fields: [{ path: 'a' }] } }],
  ]
  const MISSPELT: [place: string, body: object][] = [
    ['match/kind', { ...approve, match: { kind: ['store'] } }],
    ['match/fields/0/equal', { ...approve, match: { fields: [{ path: 'a', equal: 1 }] } }],
    ['when/days', { ...approve, when: { days: 1 } }],
    ['outcome/because', { outcome: { ...approve.outcome, because: 'x' } }],
    ['matches', { ...approve, matches: {} }],
  ]
  test('are refused where a member is misspelt, which would make them fit everything', async () => {
    await using server = await startTestServer(anyKind)
    for (const [place, body] of MISSPELT) {
      const put = server.api.putSharedOutcomeRule({ params: { name: 'faulty' }, body: body as ApiOutcomeRuleBody })
      await assert.rejects(put, (error: Error) => error.message.includes(` ${place}: `))
    }
    assert.deepEqual((await server.api.listSharedOutcomeRules()).items, [])
  })
  test('are refused with the place and the reason', async () => {
    await using server = await startTestServer(anyKind)
    const reserved = server.api.putSharedOutcomeRule({ params: { name: 'header' }, body: approve })
    await assert.rejects(reserved, apiProblem('outcome_rule.malformed', 422))
    for (const [place, body] of FAULTS) {
      const put = server.api.putSharedOutcomeRule({ params: { name: 'faulty' }, body })
      await assert.rejects(put, (error) => error instanceof ApiProblem && place.test(error.message))
    }
    assert.deepEqual((await server.api.listSharedOutcomeRules()).items, [])
  })
})
