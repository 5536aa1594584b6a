import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiAccess, apiEndpoints, wireCalls } from '../../build/calls.ts'
import { API_ACCESS } from './access.ts'
import { API_ENDPOINTS } from './endpoints.ts'
import { WIRE_CALLS } from './wire.ts'

test('the generated calls match the contract; otherwise run `npm run calls -w sdk`', () => {
  assert.deepEqual(WIRE_CALLS, wireCalls)
  assert.deepEqual(API_ENDPOINTS, apiEndpoints)
  assert.deepEqual(API_ACCESS, apiAccess)
})
