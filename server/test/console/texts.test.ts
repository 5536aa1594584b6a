import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import { fields } from '../../../console/src/text/zh/fields.ts'

test('the console has a word for every field of every kind, and for no other', () => {
  const names = new Set(Object.values(KIND_FIELDS).flatMap((each) => each.map(({ name }) => name)))
  assert.deepEqual(Object.keys(fields).sort(), [...names].sort())
})
