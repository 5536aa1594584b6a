import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { problems as english } from '../../../console/src/text/en/problems.ts'
import { fields } from '../../../console/src/text/zh/fields.ts'
import { problems as chinese } from '../../../console/src/text/zh/problems.ts'

/** Those that no endpoint answers: why a decision had no effect when it was due, and what the provider's way back tells. */
const TOLD_OTHERWISE = ['decision.decider_barred', 'sign_in.provider_down', 'sign_in.provider_refused']

const TOLD = new Set<string>([
  ...TOLD_OTHERWISE,
  ...Object.values(api).flatMap((endpoint) => [...endpoint.problems, ...commonEndpointProblems(endpoint)]),
])

test('the console has a word for every field of every kind, and for no other', () => {
  const names = new Set(Object.values(KIND_FIELDS).flatMap((each) => each.map(({ name }) => name)))
  assert.deepEqual(Object.keys(fields).sort(), [...names].sort())
})

test('the console has a Chinese text for every refusal of the native API, and for no other', () => {
  assert.deepEqual(Object.keys(chinese).sort(), [...TOLD].sort())
})

test('the console has an English text for every refusal whose own words are the wire’s', () => {
  const ofWire = [...TOLD].filter((code) => problemRow(code as ProblemCode).errcode !== undefined)
  assert.deepEqual(
    ofWire.filter((code) => !Object.hasOwn(english, code)),
    [],
  )
  assert.deepEqual(
    Object.keys(english).filter((code) => !TOLD.has(code)),
    [],
  )
})
