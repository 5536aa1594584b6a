import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listen } from '../../test/listener.ts'
import { createOutbound, type OutboundRequest } from './outbound.ts'

function aRequest(url: string, overrides: Partial<OutboundRequest> = {}): OutboundRequest {
  return { accountId: 1, method: 'GET', url, timeoutMs: 5000, maxBytes: 1000, redirectsMax: 3, ...overrides }
}

test('three redirects are followed, the fourth is an answer', async (t) => {
  await using listener = await listen((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) response.end('picture')
    else response.writeHead([301, 302, 307, 308][left % 4] ?? 302, { location: `/${left - 1}` }).end('elsewhere')
  })
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] })
  t.after(outbound.close)

  const origin = `http://127.0.0.1:${listener.port}`
  assert.equal((await outbound.send(aRequest(`${origin}/3`))).body.toString(), 'picture')
  const last = await outbound.send(aRequest(`${origin}/4`))
  assert.deepEqual([last.status, last.headers.location], [302, '/0'])
  const unfollowed = await outbound.send(aRequest(`${origin}/1`, { redirectsMax: undefined }))
  assert.equal(unfollowed.status, 302)
})

test('a redirect to a private address is refused and connects to nothing', async (t) => {
  await using inner = await listen((_request, response) => response.end('secret'))
  let location = ''
  await using outer = await listen((_request, response) => response.writeHead(302, { location }).end())
  let asked = 0
  const resolve = async (hostname: string) => {
    // The same name moves between the first request and the redirect back to it.
    return [hostname === 'rebinding.test' && asked++ === 0 ? '127.0.0.9' : '127.0.0.1']
  }
  const outbound = createOutbound({ allow: ['127.0.0.9/32'], resolve })
  t.after(outbound.close)

  const host = `http://rebinding.test:${outer.port}`
  for (const to of [
    ...['127.0.0.1', '127.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', 'localhost', 'inner.test'].map(
      (name) => `http://${name}:${inner.port}/`,
    ),
    `//127.0.0.1:${inner.port}/`,
    `http://rebinding.test:${inner.port}/`,
    'http://169.254.169.254/latest',
  ]) {
    asked = 0
    location = to
    await assert.rejects(outbound.send(aRequest(`${host}/?key=s3cret`)), ({ reason, message }) => {
      assert.doesNotMatch(message, /s3cret/)
      return reason === 'address'
    })
  }
  for (const to of ['file:///etc/passwd', `http://u:p@127.0.0.9:${inner.port}/`, 'gopher://127.0.0.1/']) {
    asked = 0
    location = to
    await assert.rejects(outbound.send(aRequest(host)), { reason: 'url' })
  }
  assert.equal(inner.connections.length, 0)
})

test('redirects share the time of the request', async (t) => {
  await using listener = await listen((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/silent' }).end()
  })
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] })
  t.after(outbound.close)
  const request = aRequest(`http://127.0.0.1:${listener.port}/`, { timeoutMs: 100 })
  await assert.rejects(outbound.send(request), { reason: 'timeout' })
})
