import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { activations, categories, deviceBatches, devices, pictures, shopAudits, tokens } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import { PROBLEMS, type ProblemCode } from '@shenpi/sdk/contract/problems'
import { DATABASES } from '../databases.ts'
import { aCategory } from '../factories.ts'
import { assertRefusal, exchange, problemOf, send, type WireRequest } from './exchange.ts'
import { createWorld, OPEN, OPTIONAL, type World } from './world.ts'

const { accountRegister } = activations
const { deviceApplyId } = deviceBatches
const { deviceSearch } = devices
const { materialAdd } = pictures
const MB = 1024 * 1024
const UNKNOWN = 'access_token=nonsense'

/** Requests with more than one fault: the first in the order is the answer. Source: docs/protocol/conventions.md, order of checks. */
const FAULTS: readonly { name: string; call: Call; problem: ProblemCode; request: (world: World) => WireRequest }[] = [
  {
    name: 'method before token',
    call: deviceApplyId,
    problem: 'method.post_required',
    request: () => ({ method: 'GET', query: UNKNOWN }),
  },
  {
    name: 'method before body',
    call: tokens.stableToken,
    problem: 'method.post_required',
    request: () => ({ method: 'PUT', body: '{' }),
  },
  {
    name: 'method before arguments',
    call: tokens.token,
    problem: 'method.get_required',
    request: () => ({ method: 'POST', query: 'grant_type=x' }),
  },
  { name: 'token before an empty body', call: categories.catGet, problem: 'token.missing', request: () => ({}) },
  {
    name: 'token before a body that does not parse',
    call: accountRegister,
    problem: 'token.invalid',
    request: () => ({ query: UNKNOWN, body: '{' }),
  },
  {
    name: 'token before a body that is too large',
    call: accountRegister,
    problem: 'token.invalid',
    request: () => ({ query: UNKNOWN, body: Buffer.alloc(2 * MB, ' ') }),
  },
  {
    name: 'token before an upload that is too large',
    call: materialAdd,
    problem: 'token.expired',
    request: ({ expiredToken }) => ({ query: `access_token=${expiredToken}`, body: Buffer.alloc(11 * MB, ' ') }),
  },
  {
    name: 'token before activation',
    call: deviceSearch,
    problem: 'token.expired',
    request: ({ expiredToken }) => ({ query: `access_token=${expiredToken}`, body: {} }),
  },
  {
    name: 'token before the state of the account',
    call: deviceSearch,
    problem: 'token.invalid',
    request: ({ frozen }) => ({ query: `access_token=${frozen.token}x`, body: {} }),
  },
  {
    name: 'the state of the account before activation',
    call: deviceSearch,
    problem: 'account.frozen',
    request: ({ frozen }) => ({ query: `access_token=${frozen.token}`, body: {} }),
  },
  {
    name: 'the state of the account before the component, and a body that is too large',
    call: pictures.imgUpload,
    problem: 'account.frozen',
    request: ({ frozen }) => ({ query: `access_token=${frozen.token}`, body: Buffer.alloc(11 * MB, ' ') }),
  },
  {
    name: 'contract before rule: an account that is not verified',
    call: accountRegister,
    problem: 'contact.name_invalid',
    request: ({ unverified }) => ({ query: `access_token=${unverified.token}`, body: {} }),
  },
  {
    name: 'activation before an empty body',
    call: deviceApplyId,
    problem: 'account.not_activated',
    request: ({ newcomer }) => ({ query: `access_token=${newcomer.token}` }),
  },
  {
    name: 'activation before a body that does not parse',
    call: deviceSearch,
    problem: 'account.not_activated',
    request: ({ applicant }) => ({ query: `access_token=${applicant.token}`, body: '{' }),
  },
  {
    name: 'activation before a body that is too large',
    call: deviceApplyId,
    problem: 'account.not_activated',
    request: ({ newcomer }) => ({ query: `access_token=${newcomer.token}`, body: Buffer.alloc(2 * MB, ' ') }),
  },
  {
    name: 'token before the component',
    call: categories.catGet,
    problem: 'token.expired',
    request: ({ expiredToken }) => ({ query: `access_token=${expiredToken}`, body: {} }),
  },
  {
    name: 'the component before an empty body',
    call: shopAudits.auditResult,
    problem: 'shop.not_open',
    request: ({ outsider }) => ({ query: `access_token=${outsider.token}` }),
  },
  {
    name: 'the component before a body that is too large',
    call: pictures.imgUpload,
    problem: 'shop.not_open',
    request: ({ outsider }) => ({ query: `access_token=${outsider.token}`, body: Buffer.alloc(11 * MB, ' ') }),
  },
  {
    name: 'contract before rule: a batch is under review',
    call: deviceApplyId,
    problem: 'batch.quantity_invalid',
    request: ({ waiting }) => ({ query: `access_token=${waiting.token}`, body: { quantity: 0, apply_reason: 'x' } }),
  },
  {
    name: 'contract before rule: an activation is under review',
    call: accountRegister,
    problem: 'contact.name_invalid',
    request: ({ applicant }) => ({ query: `access_token=${applicant.token}`, body: {} }),
  },
  {
    name: 'contract before rule: no such category',
    call: categories.auditCategory,
    problem: 'picture.link_invalid',
    request: ({ merchant }) => ({
      query: `access_token=${merchant.token}`,
      body: aCategory([''], [], { category_info: { level1: 1, level2: 1, level3: 1, certificate: [] } }),
    }),
  },
  {
    name: 'category before its scenes and pictures',
    call: categories.auditCategory,
    problem: 'category.unknown',
    request: ({ merchant }) => ({
      query: `access_token=${merchant.token}`,
      body: aCategory('x', [], { category_info: { ...OPEN, level3: 1, certificate: [] }, scene_group_list: [3] }),
    }),
  },
  {
    name: "a category's state before its scenes and pictures",
    call: categories.auditCategory,
    problem: 'category.under_review',
    request: ({ merchant }) => ({
      query: `access_token=${merchant.token}`,
      body: aCategory('x', [], { category_info: { ...OPEN, certificate: [] }, scene_group_list: [3] }),
    }),
  },
  {
    name: 'scenes before pictures',
    call: categories.auditCategory,
    problem: 'scene.not_open',
    request: ({ merchant }) => ({
      query: `access_token=${merchant.token}`,
      body: aCategory('x', [], { category_info: { ...OPTIONAL, certificate: [] }, scene_group_list: [3] }),
    }),
  },
]

/** Paths that are no call, whatever else is wrong. */
const UNKNOWN_PATHS = [
  '/shakearound',
  '/shakearound/',
  '/shakearound/account',
  '/shakearound/account/register/',
  '/shakearound//account/register',
  '/shakearound/account/register%2F',
  '/shakearound%2Faccount%2Fregister',
  '/Shakearound/account/register',
  '/shakearound/account/REGISTER',
  '/shakearound/account/register;x=1',
  '/shakearound/account/../account/nothing',
  '/shakearound/device/nothing',
  '/shop/register/nothing',
  '/cgi-bin/tokens',
  '/cgi-bin/clear_quota/v3',
  '/nothing?access_token=x',
  '/%',
  '/%zz',
  '/%ff%fe',
  '/%00',
  '/%c0%af',
  '/shakearound/%E6%91%87',
  '/..%2f..%2fetc%2fpasswd',
  '//',
  '//example.com/',
  '/__proto__',
  '/constructor',
  `/${'a'.repeat(8000)}`,
  '/?access_token=x',
] as const

for (const kind of DATABASES) {
  describe(`order of checks on ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await createWorld(kind)
    })
    after(() => world[Symbol.asyncDispose]())

    for (const { name, call, problem, request } of FAULTS) {
      test(`${name}: ${problem}`, async () => {
        const reply = await exchange(world.server, call, undefined, request(world))
        assert.equal(problemOf(reply, call), problem, reply.text)
      })
    }

    for (const path of UNKNOWN_PATHS) {
      test(`answers ${path.slice(0, 60)} as an unknown path`, async () => {
        for (const method of ['POST', 'PUT']) {
          const reply = await send(world.server, { path, method, body: '{' })
          assertRefusal(world.server, undefined, reply)
          assert.equal(problemOf(reply), 'path.unknown', reply.text)
        }
      })
    }

    test('answers an unknown path by GET as unknown', async () => {
      for (const path of ['/shakearound/nothing', '/%zz', '/cgi-bin/token/']) {
        const reply = await send(world.server, { path, method: 'GET' })
        assertRefusal(world.server, undefined, reply)
        assert.equal(problemOf(reply), 'path.unknown')
      }
    })

    test('refuses an unusual method as any other', async () => {
      for (const method of ['OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'SEARCH', 'LOCK']) {
        const reply = await exchange(world.server, deviceApplyId, world.merchant.token, { method })
        assert.equal(problemOf(reply), 'method.post_required', method)
      }
    })

    const limits = [
      { call: accountRegister, maxBytes: MB, problem: 'body.too_large' },
      { call: materialAdd, maxBytes: 10 * MB, problem: 'upload.too_large' },
      { call: pictures.imgUpload, maxBytes: 10 * MB, problem: 'upload.too_large' },
    ] as const
    for (const { call, maxBytes, problem } of limits) {
      test(`reads a body of ${maxBytes} bytes for ${call.path}`, async () => {
        const reply = await exchange(world.server, call, world.newcomer.token, { body: Buffer.alloc(maxBytes, ' ') })
        assert.ok(problemOf(reply) && problemOf(reply) !== problem, reply.text)
      })
    }

    test('refuses an endless body while it is read, and closes the connection', async () => {
      await Promise.all(
        limits.map(async ({ call, maxBytes, problem }) => {
          const path = `${call.path}?access_token=${world.newcomer.token}`
          const { sentUntilAnswer, text } = await pour(world.server.url, path)
          assert.match(text, /^HTTP\/1\.1 200 /)
          assert.match(text, new RegExp(`"errcode":${PROBLEMS[problem].errcode},`))
          // The limit, and the buffers of both sides.
          assert.ok(sentUntilAnswer < maxBytes + 16 * MB, `${sentUntilAnswer} bytes went out to ${call.path}`)
        }),
      )
    })

    for (const [name, status, request] of [
      ['a head that is too large', 431, `POST /shop/cat/get?a=${'a'.repeat(16 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['what is no HTTP', 400, 'shop/cat/get\r\n\r\n'],
    ] as const) {
      test(`answers ${name} with Connection: close`, async () => {
        const { hostname, port } = new URL(world.server.url)
        const socket = connect(Number(port), hostname)
        socket.write(request)
        const answer = await text(socket)
        assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `))
        assert.match(answer, /\r\nConnection: close\r\n/)
      })
    }

    test('refuses a body by its Content-Length before it is sent', async () => {
      const { hostname, port } = new URL(world.server.url)
      const socket = connect(Number(port), hostname)
      const path = `${accountRegister.path}?access_token=${world.newcomer.token}`
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${MB + 1}\r\n\r\n`)
      const [answer] = await once(socket, 'data')
      socket.destroy()
      assert.match(String(answer), /^HTTP\/1\.1 200 [\s\S]*"errcode":40035/)
    })
  })
}

/**
 * Send a chunked body at full speed until there is an answer, and slowly on until the server closes the connection: a
 * client that does not listen.
 */
async function pour(serverUrl: string, path: string): Promise<{ sentUntilAnswer: number; text: string }> {
  const { hostname, port } = new URL(serverUrl)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  let open = true
  closed.then(() => {
    open = false
  })
  // These show that the server has closed the connection.
  socket.on('error', () => {})
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`)
  const chunk = Buffer.from(`40000\r\n${' '.repeat(0x40000)}\r\n`)
  let sent = 0
  for (; open && !text; sent += chunk.length) {
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => {}), closed])
  }
  const drip = setInterval(() => socket.write('1\r\n \r\n'), 20)
  await closed
  clearInterval(drip)
  return { sentUntilAnswer: sent, text }
}
