import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { CERTIFICATE, KEY } from '../../test/certificate.ts'
import { listenWith } from '../../test/listener.ts'
import { createOutbound } from './outbound.ts'

function listenWithTls() {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    response.end((request.socket as TLSSocket & { servername: string }).servername)
  })
  return listenWith(server)
}

function trustTheCertificate(t: TestContext) {
  const before = getCACertificates('default')
  setDefaultCACertificates([CERTIFICATE])
  t.after(() => setDefaultCACertificates(before))
}

function get(url: string) {
  return { accountId: 1, method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 } as const
}

test('over TLS the certificate must be for the name in the URL', async (t) => {
  trustTheCertificate(t)
  await using listener = await listenWithTls()
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] })
  t.after(outbound.close)

  const answer = await outbound.send(get(`https://receiver.test:${listener.port}/`))
  assert.equal(answer.body.toString(), 'receiver.test')
  const lie = { ...get(`https://other.test:${listener.port}/`), headers: { Host: 'receiver.test' } }
  await assert.rejects(outbound.send(lie), { reason: 'connect', message: /\(ERR_TLS_CERT_ALTNAME_INVALID\)/ })
  await assert.rejects(outbound.send(get(`https://127.0.0.1:${listener.port}/`)), { reason: 'connect' })
})

test('over TLS the certificate must be trusted', async (t) => {
  await using listener = await listenWithTls()
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] })
  t.after(outbound.close)

  await assert.rejects(outbound.send(get(`https://receiver.test:${listener.port}/`)), {
    reason: 'connect',
    message: /\(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
  })
})
