import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DATABASES } from './databases.ts'
import { environmentOf, runShenpi } from './run-shenpi.ts'
import { startTestServer } from './start-server.ts'

test('the command line makes and ends keys, changes the policy, and loads holidays from a file', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind)
  const { place, api } = server
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runShenpi(args, environmentOf(place))
    assert.equal(code, 0, stderr)
    return stdout.trimEnd().split('\n')
  }
  const file = (name: string, content: object) => {
    const path = join(place.dataDir, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }
  const [, key = ''] = await run('key', 'create', 'till', '--role', 'auditor')
  const headers = { authorization: `Bearer ${key}` }
  assert.equal((await fetch(`${server.url}/api/v1/accounts`, { headers })).status, 200)
  await run('key', 'revoke', 'till')
  assert.equal((await fetch(`${server.url}/api/v1/accounts`, { headers })).status, 401)
  assert.match((await run('key', 'list')).join('\n'), /^first .*\ntill +auditor +key:first/m)

  await run('policy', 'set', file('policy.json', { undo_seconds: 20 }), '--why', '试试')
  await run('calendar', 'load', '2031', file('calendar.json', { holidays: ['2031-10-01'], workdays: ['2031-10-04'] }))
  const { settings, calendar } = await api.getPolicy()
  assert.deepEqual([settings.undo_seconds, calendar.loaded], [20, [2031]])
  assert.match((await run('policy', 'show')).join('\n'), /undo_seconds: 20/)

  const range = ['replay-range', '--from', '2020-01-01T00:00:00Z', '--until', '2040-01-01T00:00:00Z']
  assert.deepEqual(await run(...range), ['No delivery fits.'])
  assert.match((await run(...range, '--yes')).join('\n'), /^0 deliveries of 0 accounts/)
})
