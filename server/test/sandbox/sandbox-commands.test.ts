import assert from 'node:assert/strict'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aBatch } from '../factories.ts'
import { environmentOf, runShenpi } from '../run-shenpi.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { RULE_FILE } from './a-rule-file.ts'

// What is asked over HTTP does not depend on the database.
const [anyKind] = DATABASES as [DatabaseKind]

describe('the command line of a sandbox', () => {
  let server: TestServer
  before(async () => {
    server = await startTestServer(anyKind, { env: { SANDBOX_APPROVE: 'all' } })
  })
  after(() => server[Symbol.asyncDispose]())

  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runShenpi(['sandbox', ...args], environmentOf(server.place))
    return { code, lines: stdout.trimEnd().split('\n'), refusal: stderr.trimEnd() }
  }
  const file = (text: string) => {
    const path = join(server.place.dataDir, 'rules.yaml')
    writeFileSync(path, text)
    return path
  }

  test('sets rules by a file, lists them, and lets time pass until they have decided', async () => {
    const { appid } = server.sandbox
    const set = await run('rules', 'set', file(RULE_FILE), '--appid', appid)
    assert.equal(set.code, 0, set.refusal)
    assert.deepEqual(
      set.lines.map((line) => line.split(/ {2,}/)),
      [
        ['POSITION', 'NAME', 'MATCH', 'OUTCOME', 'WHEN', 'HITS'],
        [
          '1',
          'large',
          'kinds ["device_batch"], fields [{"path":"quantity","at_leas…',
          'reject 数量过多',
          'at once',
          '0',
        ],
        ['2', 'the-rest', 'everything', 'approve', 'working_days 3', '0'],
      ],
    )
    await server.api.setClock({ params: { appid }, body: { at: '2026-03-16T04:00:00Z', frozen: true } })
    const merchant = await server.connect(server.sandbox)
    const { json } = await merchant.post('/shakearound/device/applyid', aBatch({ poi_id: 0, quantity: 600 }))
    assert.equal(json.data.audit_status, 1)
    const waiting = await run('outcomes', appid)
    assert.match(waiting.lines[1] ?? '', /rule:the-rest\s+approve\s+waiting\s+2026-03-19 23:59:59/)
    const shown = await run('clock', appid)
    assert.equal(
      shown.lines.join(),
      'It is 2026-03-16 12:00:00 (UTC+8), standing still, and outcomes is due next at 2026-03-19 23:59:59.',
    )
    const advanced = await run('clock', appid, '--advance', '3wd')
    assert.equal(advanced.code, 0, advanced.refusal)
    const told = advanced.lines.filter((line) => /application\.|It is/.test(line))
    assert.match(told[0] ?? '', /^2026-03-19 23:59:59\s+\S+\s+application\.approve\s+rule:the-rest$/)
    assert.equal(told.at(-1), 'It is 2026-03-19 23:59:59 (UTC+8), standing still.')
    const ran = await run('clock', appid, '--run')
    assert.match(ran.lines.join(), /^It is 2026-03-19 23:59:59 \(UTC\+8\)\.$/)
    assert.deepEqual((await run('rules', 'delete', 'the-rest', '--appid', appid)).lines, [
      'The rule the-rest is deleted.',
    ])
  })

  test('refuses a file by its line, and applies nothing of it', async () => {
    const path = file(RULE_FILE.replace('kinds:', 'kind:'))
    const { code, refusal } = await run('rules', 'set', path)
    assert.equal(code, 1)
    assert.match(refusal, /^shenpi: \S+rules\.yaml:5: rules\.0\.match\.kind: there is no kind, but kinds/)
    assert.deepEqual((await server.api.listSharedOutcomeRules()).items, [])
  })

  test('refuses a time that cannot be read, and two at once', async () => {
    const { appid } = server.sandbox
    assert.match((await run('clock', appid, '--advance', '3y')).refusal, /3wd or next is expected/)
    assert.match((await run('clock', appid, '--freeze', '--run')).refusal, /--freeze and --run: one of them/)
  })

  test('sets a fault, lists it with its hits, and deletes it', async () => {
    assert.match((await run('faults', 'scenarios')).lines.join('\n'), /^SCENARIO +WHAT HAPPENS.*\nanswer-lost +/s)
    assert.deepEqual((await run('faults', 'list')).lines, ['No rule of faults.'])
    const effect = '{"type":"errcode","errcode":-1}'
    const set = await run('faults', 'set', 'refuse', '--effect', effect, '--path', '/shop/cat/get', '--times', '1')
    const shown = /^refuse +all +\{"type":"errcode","errcode":-1\} +\S+ +0 +0\/1 +\d{4}-\d\d-\d\d \d\d:\d\d$/
    assert.match(set.lines[1] ?? set.refusal, shown)
    assert.equal((await (await server.connect(server.sandbox)).post('/shop/cat/get', {})).json.errcode, -1)
    assert.deepEqual((await run('faults', 'delete', 'refuse')).lines, ['The rule refuse is deleted. It struck once.'])
    assert.match((await run('faults', 'delete', 'refuse')).refusal, /There is no such rule of faults/)
    assert.match((await run('faults', 'set', 'x', '--effect', '{')).refusal, /--effect is JSON, like/)
  })

  test('keeps, lists, restores and deletes a snapshot, exports, resets and imports', async () => {
    const { appid } = server.sandbox
    assert.deepEqual((await run('snapshot', 'list')).lines, ['No snapshot.'])
    assert.match((await run('snapshot', 'take', 'first')).lines[0] ?? '', /^first holds everything \(\d+ bytes\)\.$/)
    assert.match((await run('snapshot', 'list')).lines[1] ?? '', /^first +everything +\d{4}-\d\d-\d\d \d\d:\d\d +\d+$/)
    const path = join(server.place.dataDir, 'state.json')
    writeFileSync(path, 'of before', { mode: 0o644 })
    assert.deepEqual((await run('export', path, '--appid', appid)).lines, [`${path} holds ${appid}.`])
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.match(
      (await run('import', path)).refusal,
      /There is an account with this appid, or with its devices, already/,
    )
    const reset = await run('reset', '--appid', appid)
    assert.match(reset.lines[0] ?? reset.refusal, new RegExp(`^Begun anew: ${appid} \\(in [\\d.]+ ms\\)\\.$`))
    assert.match((await run('restore', 'first')).lines[0] ?? '', /^Gone back to first: everything \(in [\d.]+ ms\)\.$/)
    assert.deepEqual((await run('snapshot', 'delete', 'first')).lines, ['The snapshot first is deleted.'])
    assert.match((await run('restore', 'first')).refusal, /There is no such snapshot/)
    const seeded = await run('import', file('accounts:\n  - name: 一家书店\n'))
    assert.match(seeded.lines[1] ?? seeded.refusal, /^wx[0-9a-f]{16} +一家书店 +[0-9a-f]{32}$/)
    assert.match((await run('import', file('accounts:\n  - name: [\n'))).refusal, /line:\d/)
    assert.match((await run('import', join(path, 'nowhere'))).refusal, /cannot be read/)
  })
})
