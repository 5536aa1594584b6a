import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { API_ACCESS } from '@shenpi/sdk/calls/access'
import { API_ENDPOINTS } from '@shenpi/sdk/calls/endpoints'
import { isOfSandbox } from '@shenpi/sdk/contract/permissions'
import { applyForActivation } from '../../src/activations/apply-for-activation.ts'
import { decideApplication } from '../../src/applications/decide-application.ts'
import { MAGIC_FIELDS } from '../../src/sandbox/outcomes/choose-outcome.ts'
import { MAGIC_WORDS } from '../../src/sandbox/outcomes/magic-words.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aBatch, aRegistration } from '../factories.ts'
import { sourcesOf } from '../house/sources.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

// What is served does not depend on the database.
const [anyKind] = DATABASES as [DatabaseKind]

const ACCESS = new Map<string, string>(Object.entries(API_ACCESS))
const PATHS = Object.entries(API_ENDPOINTS).flatMap(([name, endpoint]) =>
  isOfSandbox(ACCESS.get(name) ?? '') ? endpoint : [],
)

/** Every header of ours that the server's code names. */
const HEADERS = new Set(sourcesOf('server/src').flatMap(({ text }) => text.match(/x-shenpi-[a-z-]+/g) ?? []))

describe('production', () => {
  let server: TestServer
  let merchant: WireClient
  before(async () => {
    server = await startTestServer(anyKind, { env: { MODE: 'production', QUICK_REVIEW_MAX: '500' } })
    merchant = await server.newAccount()
    const { review } = server.services
    const request = { ...aRegistration(), industry_id: '0101' }
    const open = await applyForActivation(review, merchant.accountId, request as never, { wholeEmail: false })
    await decideApplication(review, open, { move: 'approve', reason: '', actor: 'key:test' })
  })
  after(() => server[Symbol.asyncDispose]())

  test('there is no sandbox, and nothing of it stands in the way of a submission', () => {
    assert.equal(server.services.sandbox, undefined)
    assert.equal(server.services.review.outcomes, undefined)
    assert.ok(PATHS.length >= 14, `${PATHS.length} endpoints of a sandbox`)
    assert.ok(HEADERS.has('x-shenpi-outcome'))
  })

  for (const { method, path } of PATHS) {
    test(`${method} ${path} does not exist`, async () => {
      const filled = path.replace('{appid}', merchant.appid).replace(/\{\w+\}/g, 'any')
      const hasBody = method !== 'GET'
      const answer = await fetch(`${server.url}/api/v1${filled}`, {
        method,
        headers: { authorization: `Bearer ${server.apiKey}`, ...(hasBody && { 'content-type': 'application/json' }) },
        ...(hasBody && { body: '{}' }),
      })
      assert.equal(answer.status, 404)
      assert.equal(((await answer.json()) as { code: string }).code, 'path.unknown')
    })
  }

  /** Apply for a batch. @returns how it stands afterwards */
  async function apply(changes: object, headers: Record<string, string> = {}) {
    const url = `${server.url}/shakearound/device/applyid?access_token=${merchant.token}`
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(aBatch({ poi_id: 0, ...changes })),
      headers,
    })
    const { errcode, data } = (await response.json()) as {
      errcode: number
      data: { apply_id: number; audit_status: number }
    }
    assert.equal(errcode, 0)
    assert.equal(response.headers.get('x-shenpi-time'), null)
    const { json } = await merchant.post('/shakearound/device/applystatus', { apply_id: data.apply_id })
    assert.equal(json.data.audit_status, data.audit_status)
    if (data.audit_status === 1) {
      const key = { accountId: merchant.accountId, applicationNo: data.apply_id }
      await decideApplication(server.services.review, key, { move: 'reject', reason: 'over', actor: 'key:test' })
    }
    return data.audit_status
  }

  for (const words of [...MAGIC_WORDS, '[approve', '[reject]']) {
    for (const field of MAGIC_FIELDS) {
      test(`${words} in ${field} is a text as any other`, async () => {
        assert.equal(await apply({ quantity: 5, [field]: words }), 2)
        assert.equal(await apply({ quantity: 501, [field]: words }), 1)
      })
    }
    for (const header of HEADERS) {
      test(`${header}: ${words} is not looked at`, async () => {
        const headers = { [header]: words.replace(/[^ -~]+/g, encodeURIComponent) }
        assert.equal(await apply({ quantity: 5 }, headers), 2)
        assert.equal(await apply({ quantity: 501 }, headers), 1)
      })
    }
  }
})

test('production does not start on what a sandbox has dated by a clock that it set', async () => {
  const before = await startTestServer(anyKind)
  const { place } = before
  try {
    const params = { appid: before.sandbox.appid }
    await before.api.rotateSecret({ params })
    await before.api.setClock({ params, body: { at: '2046-01-01T00:00:00Z', frozen: true } })
    await before.stop()
    const env = { MODE: 'production' }
    await assert.rejects(startTestServer(anyKind, { place, env }), /dated by clocks that it set/)

    const reset = await startTestServer(anyKind, { place })
    await reset.api.resetSandbox({ body: {} })
    await reset.api.rotateSecret({ params })
    await reset.stop()
    const production = await startTestServer(anyKind, { place, env })
    await production.stop()
  } finally {
    await place[Symbol.asyncDispose]()
  }
})
