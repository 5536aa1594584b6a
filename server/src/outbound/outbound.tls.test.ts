import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import { type TestContext, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { listenWith } from '../../test/listener.ts'
import { createOutbound } from './outbound.ts'

// Made for this test alone: receiver.test, self-signed, valid until 2120.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgeiJXUl7iCiUSyTe/
BemM8d9QShugjR2bm4CvjhIilo+hRANCAATOvvdSqcO/GHfmSzDmqIaF/NHo331J
QTm77Ux0eorEYUNz5IBTXlkHmeOj8udvFCd9hoKjN1e7kPkEc3nvgKhJ
-----END PRIVATE KEY-----`
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBbTCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1yZWNlaXZl
ci50ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1yZWNlaXZlci50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzr73
UqnDvxh35ksw5qiGhfzR6N99SUE5u+1MdHqKxGFDc+SAU15ZB5njo/LnbxQnfYaC
ozdXu5D5BHN574CoSaNMMEowGAYDVR0RBBEwD4INcmVjZWl2ZXIudGVzdDAPBgNV
HRMBAf8EBTADAQH/MB0GA1UdDgQWBBT4xITN/wmi8vfnazWjQhafBjj9ATAKBggq
hkjOPQQDAgNIADBFAiBBnb/NkBm3ttNEaBKjv/nbib+tL/THNWDiTokISH/8NQIh
APk7ekHoxj9sDYiWao4btR9nFvlMsxfdy0e3QcEuRcfK
-----END CERTIFICATE-----`

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
  return { method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 } as const
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
