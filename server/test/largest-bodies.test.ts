import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { wire } from '@shenpi/sdk'
import { api, type Endpoint, STATE_FILE_MAX } from '@shenpi/sdk/contract/api'
import type { Call } from '@shenpi/sdk/contract/call'
import { ARGUMENTS_MAX_BYTES, BODY_MAX_BYTES, UPLOAD_MAX_BYTES, valuesMaxOf } from '../src/http/body-limits.ts'
import { DATABASES } from './databases.ts'
import { Connection } from './fuzz/connection.ts'
import type { Outgoing } from './fuzz/mutation.ts'
import { type Caller, openWorld, type World } from './fuzz/world.ts'
import { hostileFiles, hostileForms, hostileJson, hostileQueries, largestOf } from './largest-bodies.ts'
import { HOLD_MAX_MS, longestHoldMs } from './loop-hold.ts'

const CALLS = Object.values(wire).flatMap((calls) => Object.values<Call>(calls))
const ENDPOINTS = Object.values<Endpoint>(api).filter(({ method }) => method !== 'GET')
/** Attempts before a measure counts: the compiler or another program may disturb one. */
const TRIES = 3

/** One call of each kind of body. */
const ALIKE = [...Map.groupBy(CALLS, ({ body, authorized }) => `${body} ${authorized}`).values()].map(
  ([call]) => call as Call,
)
const [UPLOAD] = CALLS.filter(({ body }) => body === 'upload') as [Call]

for (const kind of DATABASES) {
  describe(`the event loop on ${kind.name}`, () => {
    let world: World
    let caller: Caller
    let connection: Connection
    before(async () => {
      world = await openWorld(kind)
      await world.turn(0)
      caller = world.caller(0)
      connection = new Connection(world.server.url)
    })
    after(async () => {
      connection[Symbol.dispose]()
      await world[Symbol.asyncDispose]()
    })

    async function assertShort(name: string, outgoing: Outgoing): Promise<void> {
      let holdMs = Infinity
      for (let tries = 0; tries < TRIES && holdMs > HOLD_MAX_MS; tries += 1) {
        holdMs = Math.min(holdMs, await longestHoldMs(() => connection.ask(outgoing)))
      }
      assert.ok(
        holdMs <= HOLD_MAX_MS,
        `${outgoing.method} ${outgoing.path} with ${name} held it ${Math.round(holdMs)} ms`,
      )
    }

    const toCall = (call: Call, more: Partial<Outgoing>): Outgoing => ({
      method: call.methods.at(-1) as string,
      path: call.path,
      headers: {},
      body: Buffer.alloc(0),
      ...more,
      query: [call.authorized && `access_token=${caller.token}`, more.query].filter(Boolean).join('&'),
    })
    const toEndpoint = ({ method, path }: Endpoint, json: string): Outgoing => ({
      method,
      path: `/api/v1${path.replace(/\{(\w+)\}/g, (_, name) => (name === 'appid' ? caller.appid : '1-1'))}`,
      query: '',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.server.apiKey}` },
      body: Buffer.from(json),
    })

    test('is held for less than 50 ms by requests as large as the contract allows, or with longer lists', async () => {
      for (const tooLong of [false, true]) {
        const name = tooLong ? 'lists that are too long' : 'all that it allows'
        for (const call of CALLS) {
          const body = Buffer.from(largestOf(call.request, BODY_MAX_BYTES, { tooLong }))
          await assertShort(name, toCall(call, { body }))
        }
        for (const endpoint of ENDPOINTS.filter(({ body }) => body.type !== 'undefined')) {
          await assertShort(name, toEndpoint(endpoint, largestOf(endpoint.body, BODY_MAX_BYTES, { tooLong })))
        }
      }
    })

    // These requests are refused before a query is sent.
    if (kind !== DATABASES[0]) return

    test('is held for less than 50 ms by JSON with many unknown members', async () => {
      for (const call of CALLS) {
        const isLarge = call.body === 'json' && call.authorized
        const bodies = hostileJson(isLarge ? BODY_MAX_BYTES : ARGUMENTS_MAX_BYTES, valuesMaxOf(call.request))
        const sent = ALIKE.includes(call) ? Object.keys(bodies) : ['many objects']
        for (const name of sent) await assertShort(name, toCall(call, { body: Buffer.from(bodies[name]?.() ?? '') }))
      }
      for (const endpoint of ENDPOINTS) {
        const bodies = hostileJson(BODY_MAX_BYTES, valuesMaxOf(endpoint.body))
        const sent = endpoint === api.importCategories ? Object.keys(bodies) : ['many objects']
        for (const name of sent) await assertShort(name, toEndpoint(endpoint, bodies[name]?.() ?? ''))
      }
    })

    test('is held for less than 50 ms by queries', async () => {
      for (const call of CALLS) {
        const queries = hostileQueries(Object.keys(call.request.properties)[0] ?? 'a')
        for (const [name, query] of Object.entries(queries)) await assertShort(name, toCall(call, { query }))
      }
    })

    test('is held for less than 50 ms by uploads', async () => {
      const forms = hostileForms(UPLOAD_MAX_BYTES)
      for (const [name, form] of Object.entries(forms)) await assertShort(name, toCall(UPLOAD, form()))
      await assertShort('JSON', toCall(UPLOAD, { body: Buffer.from(`{"a":[${'{},'.repeat(3_000_000)}1]}`) }))
      await assertShort('a file without a form', toCall(UPLOAD, { body: Buffer.alloc(UPLOAD_MAX_BYTES, 1) }))
    })

    test('is held for less than 50 ms by files to import', async () => {
      for (const [name, json] of Object.entries(hostileFiles(STATE_FILE_MAX, UPLOAD_MAX_BYTES - 100))) {
        await assertShort(name, toEndpoint(api.importState, json))
      }
    })

    test('is held for less than 50 ms by requests without a key, and to unknown paths', async () => {
      const body = Buffer.from(hostileJson(BODY_MAX_BYTES, 80_000)['many members']?.() ?? '')
      const headers = { 'content-type': 'application/json' }
      for (const path of [
        '/nowhere',
        '/livez',
        '/openapi.json',
        '/api/nowhere',
        '/api/v1/nowhere',
        '/api/v1/accounts',
      ]) {
        await assertShort('many members', { method: 'POST', path, query: '', headers, body })
      }
    })
  })
}
