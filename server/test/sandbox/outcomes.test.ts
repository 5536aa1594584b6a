import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import { DATABASES } from '../databases.ts'
import { aBatch, aRegistration } from '../factories.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

/** Monday noon in China. */
const MONDAY = '2026-03-16T04:00:00.000Z'
const STATUS = { rejected: 0, under_review: 1, approved: 2 } as const

/** A merchant with Shake Nearby and the shop component open, whose clock stands still. */
async function open({ api, newAccount, connect }: TestServer): Promise<WireClient> {
  const { appid, secret } = await newAccount()
  const params = { appid }
  await api.setClock({ params, body: { at: MONDAY, frozen: true } })
  await api.putOutcomeRule({ params: { ...params, name: 'open' }, body: { outcome: { move: 'approve' } } })
  const merchant = await connect({ appid, secret })
  for (const [path, body] of [
    ['/shakearound/account/register', aRegistration()],
    ['/shop/register/apply', {}],
  ] as const) {
    const answer = await merchant.post(path, body)
    assert.equal(answer.json.errcode, 0, answer.text)
  }
  await api.deleteOutcomeRule({ params: { ...params, name: 'open' } })
  return merchant
}

/** Apply for more device IDs than the quick review takes. */
async function applyForBatch(
  { url }: TestServer,
  { token }: WireClient,
  { outcome, ...changes }: { outcome?: string; [name: string]: unknown } = {},
) {
  const response = await fetch(`${url}/shakearound/device/applyid?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify(aBatch({ poi_id: 0, quantity: 600, ...changes })),
    headers: outcome === undefined ? {} : { 'x-shenpi-outcome': outcome },
  })
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any shape
  return (await response.json()) as any
}

async function statusOf(merchant: WireClient, apply_id: number) {
  const { json, text } = await merchant.post('/shakearound/device/applystatus', { apply_id })
  assert.equal(json.errcode, 0, text)
  return json.data
}

const put = ({ api }: TestServer, { appid }: WireClient, name: string, body: ApiOutcomeRuleBody) =>
  api.putOutcomeRule({ params: { appid, name }, body })

for (const kind of DATABASES) {
  describe(`outcomes of a sandbox on ${kind.name}`, () => {
    test('are given as a header, a text, a rule of the account, a rule of all say, in this order', async () => {
      await using server = await startTestServer(kind)
      const merchant = await open(server)
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
      await put(server, merchant, 'second', { ...reject('second'), position: 9 })
      assert.equal(await decided({}), 'second')
      await put(server, merchant, 'first', { ...reject('first'), position: 3 })
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
  })
}
