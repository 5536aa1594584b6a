import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../../test/databases.ts'
import { toAskedDecision } from './asked-decision.ts'

const [KIND] = DATABASES
assert.ok(KIND)

describe('a decision as it is asked for', () => {
  const body = { move: 'approve', override: true, delay: false } as const

  test('waits when a person decides, who overrides no claim', async () => {
    await using opened = await KIND.open()
    const person = { type: 'staff', staffId: 7, name: '李雷', roles: ['reviewer'] } as const
    const asked = { move: 'approve', reason: '', actor: 'staff:李雷', actorKey: 'staff:7', delay: true }
    assert.deepEqual(await toAskedDecision(opened.db, body, person), asked)
  })

  test('takes effect at once when a key decides, which may override one', async () => {
    await using opened = await KIND.open()
    const key = { type: 'key', name: 'till', roles: ['reviewer'] } as const
    const asked = { move: 'approve', reason: '', actor: 'key:till', actorKey: 'key:till', delay: false, override: true }
    assert.deepEqual(await toAskedDecision(opened.db, body, key), asked)
  })
})
