import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from './api.ts'
import { PERMISSION_NAMES, permissionsOf } from './permissions.ts'

describe('the table of permissions', () => {
  test('lets a lead do whatever a reviewer may', () => {
    const ofLead = permissionsOf(['lead'])
    assert.deepEqual(
      permissionsOf(['reviewer']).filter((permission) => !ofLead.includes(permission)),
      [],
    )
  })

  test('lets an operator decide nothing', () => {
    const deciding = permissionsOf(['operator']).filter((permission) => permission.startsWith('application.'))
    assert.deepEqual(deciding, ['application.read', 'application.export'])
  })

  test('lets an auditor read everything and change nothing', () => {
    const ofAuditor: readonly string[] = permissionsOf(['auditor'])
    const unread = PERMISSION_NAMES.filter((name) => name.endsWith('.read') && !ofAuditor.includes(name))
    assert.deepEqual(unread, [])
    const changes = Object.entries<Endpoint>(api).filter(
      ([, { access, method }]) => ofAuditor.includes(access) && method !== 'GET',
    )
    assert.deepEqual(
      changes.map(([name]) => name),
      ['verifyTrail'],
    )
  })

  test('names nothing that nobody asks for', () => {
    const asked = new Set<string>(Object.values<Endpoint>(api).map(({ access }) => access))
    // What watches over a server is no endpoint of the API.
    asked.add('health.read')
    assert.deepEqual(
      PERMISSION_NAMES.filter((name) => !asked.has(name)),
      [],
    )
  })
})
