import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, beforeEach, describe, test } from 'node:test'
import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiFaultChange } from '@shenpi/sdk/contract/api'
import { FAULTS_MAX } from '@shenpi/sdk/contract/fault-limits'
import { EVERY_ACCOUNT } from '../../src/sandbox/faults/fault.ts'
import { readFault } from '../../src/sandbox/faults/read-fault.ts'
import { SCENARIOS } from '../../src/sandbox/faults/scenarios.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { apiProblem } from '../problem.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { toScenarioTable } from './scenario-table.ts'

const BUSY = { effect: { type: 'errcode', errcode: -1 } } as const

for (const kind of DATABASES) {
  test(`rules of faults are kept over a start on ${kind.name}, with what they struck`, async () => {
    const server = await startTestServer(kind)
    const params = { name: 'busy' }
    await server.api.setFault({ params, body: { ...BUSY, times: 5, match: { paths: ['/shop/cat/get'] } } })
    await server.sandbox.post('/shop/cat/get', {})
    await server.stop()
    await using again = await startTestServer(kind, { place: server.place })
    const kept = await again.api.getFault({ params, query: {} })
    assert.deepEqual([kept.seen, kept.hits, kept.times, kept.where], [1, 1, 5, 'before_checks'])
    await again.services.caches.empty()
    assert.equal((await again.sandbox.post('/shop/cat/get', {})).json.errcode, -1)
  })
}

// What is asked for does not depend on the database.
const [anyKind] = DATABASES as [DatabaseKind]

describe('the rules of faults', () => {
  let server: TestServer
  before(async () => {
    server = await startTestServer(anyKind)
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    await server.api.deleteFaults({ query: {} })
  })
  const set = (name: string, body: ApiFaultChange) => server.api.setFault({ params: { name }, body })

  const MALFORMED: readonly [body: unknown, detail: RegExp][] = [
    [{}, /^effect: it is missing/],
    [{ scenario: 'none' }, /^scenario: there is no none/],
    [{ scenario: 'busy', ...BUSY }, /^effect: the scenario says it/],
    [{ scenario: 'busy', where: 'after_commit' }, /^where: the scenario says it/],
    [{ effect: { type: 'errcode', errcode: 31337 } }, /^effect.errcode: the catalogue has no errcode 31337/],
    [{ effect: { type: 'errcode' } }, /^effect.errcode: errcode needs it/],
    [{ effect: { type: 'cut', ms: 3 } }, /^effect.ms: cut has no such member/],
    [
      { effect: { type: 'delay', ms: 3 }, where: 'before_commit' },
      /^where: delay strikes before_checks or after_commit/,
    ],
    [{ effect: { type: 'truncate' }, where: 'before_checks' }, /^where: truncate strikes after_commit alone/],
    [{ effect: { type: 'cut', bytes: 3 }, where: 'before_checks' }, /^where: before the commit there is no answer/],
    [{ effect: { type: 'callback_drop' }, where: 'after_commit' }, /^where: callback_drop strikes callbacks/],
    [
      { effect: { type: 'callback_drop' }, match: { paths: ['/shop/cat/get'] } },
      /^match.paths: a callback has no path/,
    ],
    [{ ...BUSY, match: { events: ['x'] } }, /^match.events: a call is no event/],
    [{ ...BUSY, match: { paths: ['/shop/cat/get', '/shop'] } }, /^match.paths.1: there is no call \/shop/],
    [{ ...BUSY, ends_at: '2020-01-01T00:00:00Z' }, /^ends_at: it is not after now/],
    [{ ...BUSY, ends_at: '2040-01-01T00:00:00Z' }, /^ends_at: at most seven days/],
    [{ ...BUSY, match: { share: 2 } }, /^match\/share: /],
    [{ effect: { type: 'explode' } }, /^effect\/type: one of errcode, /],
    [{ ...BUSY, match: { path: ['/shop/cat/get'] } }, /^match\/path: /],
    [{ ...BUSY, macth: { paths: ['/shop/cat/get'] } }, /^macth: /],
    [{ effect: { type: 'errcode', code: -1 } }, /^effect\/code: /],
  ]
  for (const [body, detail] of MALFORMED) {
    test(`refuse ${JSON.stringify(body)} with the place and the reason, and set nothing`, async () => {
      await assert.rejects(set('rule', body as ApiFaultChange), (error) => {
        assert.ok(error instanceof ApiProblem)
        assert.match(error.message.replace(/^.*?(cannot be read|is not valid)\. /, ''), detail)
        assert.match(error.code, /^(fault|request)\.malformed$/)
        return true
      })
      await assert.rejects(
        server.api.getFault({ params: { name: 'rule' }, query: {} }),
        apiProblem('fault.unknown', 404),
      )
    })
  }

  test('refuse a malformed one with a problem of their own', async () => {
    await assert.rejects(set('rule', {}), apiProblem('fault.malformed', 400))
  })

  test('are so many of one account at most, and as many of all, until some have ended', async () => {
    const { appid } = server.sandbox
    const { faults } = server.services.sandbox ?? assert.fail('no sandbox')
    const endsAt = new Date(server.clock.machine() + 1000)
    for (let nth = 0; nth < FAULTS_MAX; nth += 1) {
      await faults.set({ accountId: EVERY_ACCOUNT, name: `rule-${nth}` }, readFault(BUSY), endsAt)
    }
    await assert.rejects(set('more', BUSY), apiProblem('fault.too_many', 409))
    await set('rule-3', BUSY)
    await set('of-one', { ...BUSY, match: { appid } })
    server.clock.advance(1000)
    await set('more', BUSY)
    const { items } = await server.api.listFaults({ query: {} })
    assert.deepEqual(
      items.map(({ name }) => name),
      ['rule-3', 'more', 'of-one'],
    )
  })

  test('are changed one after the other, so that a name is there once and none is beyond the bound', async () => {
    const { faults } = server.services.sandbox ?? assert.fail()
    const endsAt = new Date(server.clock.machine() + 1000)
    const names = ['same', 'same', ...Array.from({ length: FAULTS_MAX + 5 }, (_, nth) => `rule-${nth}`)]
    const more = names.map((name) => faults.set({ accountId: EVERY_ACCOUNT, name }, readFault(BUSY), endsAt))
    const refused = (await Promise.allSettled(more)).filter(({ status }) => status === 'rejected')
    const { items } = await server.api.listFaults({ query: { limit: 200 } })
    assert.deepEqual([items.length, refused.length], [FAULTS_MAX, 6])
    assert.equal(new Set(items.map(({ name }) => name)).size, FAULTS_MAX)
  })

  test('are listed page by page, deleted one by one or those of an account, and begin anew when set again', async () => {
    const { appid } = server.sandbox
    for (const name of ['a', 'b', 'c']) await set(name, BUSY)
    await set('a', { scenario: 'callback-late', match: { appid } })
    const first = await server.api.listFaults({ query: { limit: 3 } })
    const next = await server.api.listFaults({ query: { limit: 3, cursor: first.next_cursor ?? '' } })
    assert.deepEqual(
      [...first.items, ...next.items].map(({ name, match }) => [name, match.appid]),
      [
        ['a', undefined],
        ['b', undefined],
        ['c', undefined],
        ['a', appid],
      ],
    )
    assert.equal(next.next_cursor, null)
    await server.sandbox.post('/shop/cat/get', {})
    assert.equal((await server.api.getFault({ params: { name: 'a' }, query: {} })).hits, 1)
    assert.equal((await set('a', BUSY)).hits, 0)
    assert.equal((await server.api.deleteFault({ params: { name: 'b' }, query: {} })).name, 'b')
    assert.deepEqual(await server.api.deleteFaults({ query: { appid } }), { deleted: 1 })
    assert.deepEqual(await server.api.deleteFaults({ query: {} }), { deleted: 2 })
    await assert.rejects(server.api.deleteFault({ params: { name: 'b' }, query: {} }), apiProblem('fault.unknown', 404))
  })

  test('are made of each scenario', async () => {
    const { items } = await server.api.listScenarios()
    assert.equal(items.length, SCENARIOS.length)
    for (const { name, effect, where } of items) {
      const rule = await set(name, { scenario: name })
      assert.deepEqual([rule.scenario, rule.effect, rule.where], [name, effect, where])
    }
  })

  test('are told of in docs/sandbox-faults.md, scenario by scenario', async () => {
    const page = await readFile(new URL('../../../docs/sandbox-faults.md', import.meta.url), 'utf8')
    assert.ok(page.includes(toScenarioTable()), `the table should be:\n${toScenarioTable()}`)
  })
})
