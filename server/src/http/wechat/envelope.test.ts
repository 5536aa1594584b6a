import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withField } from './envelope.ts'

const CASES: [text: string, path: string, said: string][] = [
  ['invalid args', 'audit_req.license[0]', 'invalid args: audit_req.license[0]'],
  ['parameter missing', 'audit_req', 'parameter missing: audit_req'],
  ['invalid industry id', 'industry_id', 'invalid industry id'],
  ['invalid poi_id', 'poi_id', 'invalid poi_id'],
  ['group name is missing', 'name', 'group name is missing'],
  ['data format error', '', 'data format error'],
  ['invalid args', `a.${'b'.repeat(200)}`, 'invalid args'],
]

for (const [text, path, said] of CASES) {
  test(`a refusal “${text}” of “${path.slice(0, 20)}” says “${said}”`, () => {
    assert.equal(withField(text, path), said)
  })
}
