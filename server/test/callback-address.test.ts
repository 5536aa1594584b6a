import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sign } from '@shenpi/sdk/callbacks'
import { api } from '@shenpi/sdk/contract/api'
import { decideApplication } from '../src/applications/decide-application.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { listen } from './listener.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const TOKEN = 'AddressToken'
const [kind] = DATABASES as [DatabaseKind]

function setCallback(server: TestServer, url: string) {
  const body = { url, token: TOKEN, mode: 'plain', format: 'json' } as const
  return server.api.call(api.setCallback, { params: { appid: server.sandbox.appid }, body })
}

/** A receiver that records the paths of its requests, and answers `around` with echostr in place of `*`. */
async function listenForCallbacks(around = '*') {
  const targets: string[] = []
  let arrived = () => {}
  const listener = await listen((request, response) => {
    targets.push(`${request.method} ${request.url}`)
    const echostr = new URL(request.url ?? '', 'http://receiver').searchParams.get('echostr')
    response.end(request.method === 'GET' ? around.replace('*', echostr ?? '') : 'success')
    arrived()
  })
  const waitFor = async (count: number) => {
    while (targets.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>()
      arrived = resolve
      await promise
    }
  }
  return { targets, waitFor, port: listener.port, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() }
}

test('a callback goes to the address as it was set, with our arguments after its own', async () => {
  await using server = await startTestServer(kind)
  const { review } = server.services
  await using receiver = await listenForCallbacks()
  let level3 = 0
  for (const [path, sent] of [
    ['?wechat2016', '/?wechat2016&'],
    ['/index.php?s=/index/wechat/api', '/index.php?s=/index/wechat/api&'],
    ['/a%20b/%e5?c=%2F&d=+', '/a%20b/%e5?c=%2F&d=+&'],
    ['/a/../b#top', '/a/../b?'],
    ['?', '/?'],
    ['/审批?键=值', '/%E5%AE%A1%E6%89%B9?%E9%94%AE=%E5%80%BC&'],
  ] as const) {
    receiver.targets.length = 0
    const url = `http://127.0.0.1:${receiver.port}${path}`
    assert.equal((await setCallback(server, ` ${url}\n`)).url, url)
    const application = await submitApplication(review, aCategoryOf(server.sandbox.accountId, ++level3))
    await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
    await receiver.waitFor(2)
    const [verification = '', push = ''] = receiver.targets
    assert.ok(verification.startsWith(`GET ${sent}signature=`), verification)
    assert.ok(push.startsWith(`POST ${sent}signature=`), push)
  }
})

test('the verification of an address sends a signed nonce and time of ten digits at most', async () => {
  await using server = await startTestServer(kind)
  await using receiver = await listenForCallbacks()
  for (let times = 0; times < 10; times++) await setCallback(server, `http://127.0.0.1:${receiver.port}/`)
  for (const target of receiver.targets) {
    const found = /^GET \/\?signature=([0-9a-f]{40})&timestamp=(\d{10})&nonce=(\d{1,10})&echostr=\d+$/.exec(target)
    const [, signature, timestamp = '', nonce = ''] = found ?? assert.fail(target)
    assert.equal(signature, sign([TOKEN, timestamp, nonce]))
  }
})

test('the verification of an address accepts echostr alone, with nothing around it', async () => {
  await using server = await startTestServer(kind)
  for (const [around, detail] of [
    ['\ufeff*', 'It answered echostr with 3 bytes before and 0 bytes behind it'],
    ['*\n', 'It answered echostr with 0 bytes before and 1 bytes behind it'],
    [' *', 'It answered echostr with 1 bytes before and 0 bytes behind it'],
    ['"*"', 'It answered echostr with 1 bytes before and 1 bytes behind it'],
    ['success', 'It answered HTTP 200: success'],
    ['', 'It answered HTTP 200: an empty body'],
  ] as const) {
    await using receiver = await listenForCallbacks(around)
    await assert.rejects(setCallback(server, `http://127.0.0.1:${receiver.port}/`), (error: Error) => {
      assert.ok(error.message.includes(detail), error.message)
      return 'code' in error && error.code === 'callback.unverified'
    })
  }
})

test('the refusal of a private address names the setting that would allow it', async () => {
  await using server = await startTestServer(kind)
  for (const url of ['http://10.0.0.1/callback', 'http://[fd00::1]/', 'http://169.254.169.254/latest']) {
    await assert.rejects(setCallback(server, url), /OUTBOUND_ALLOW/)
  }
  await assert.rejects(setCallback(server, 'http://127.0.0.1/a\nb'), { code: 'callback.url_refused' })
})
