import assert from 'node:assert/strict'
import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import { aBatch, aRegistration } from '../factories.ts'
import type { TestServer, WireClient } from '../start-server.ts'

// A merchant of a sandbox that applies for something and says, or is told by a rule, what becomes of it.

/** Monday noon in China. */
const MONDAY = '2026-03-16T04:00:00.000Z'
/** The wire's numbers of a batch's states. */
export const STATUS = { rejected: 0, under_review: 1, approved: 2 } as const

/** A merchant with Shake Nearby and the shop component open, whose clock stands still. */
export async function openMerchant({ api, newAccount, connect }: TestServer): Promise<WireClient> {
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

// biome-ignore lint/suspicious/noExplicitAny: an answer of any shape
export type Json = any

/** A call of the wire, with what is to become of its application in the header. */
export async function send(
  server: TestServer,
  { token }: WireClient,
  path: string,
  body: unknown,
  outcome?: string,
): Promise<Json> {
  const response = await fetch(`${server.url}${path}?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: outcome === undefined ? {} : { 'x-shenpi-outcome': outcome },
  })
  return await response.json()
}

/** Apply for more device IDs than the quick review takes. */
export const applyForBatch = (
  server: TestServer,
  merchant: WireClient,
  { outcome, ...changes }: { outcome?: string; [name: string]: unknown } = {},
) => send(server, merchant, '/shakearound/device/applyid', aBatch({ poi_id: 0, quantity: 600, ...changes }), outcome)

export async function statusOf(merchant: WireClient, apply_id: number) {
  const { json, text } = await merchant.post('/shakearound/device/applystatus', { apply_id })
  assert.equal(json.errcode, 0, text)
  return json.data
}

export const putRule = ({ api }: TestServer, { appid }: WireClient, name: string, body: ApiOutcomeRuleBody) =>
  api.putOutcomeRule({ params: { appid, name }, body })
