import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { codeOf } from './sources.ts'

const TESTS = codeOf('server', 'sdk/src')
  .filter(({ path }) => path.endsWith('.test.ts'))
  // Within a regular expression a dot is escaped.
  .map(({ text }) => text.replaceAll('\\.', '.'))
  .join('\n')

const named = new Set(
  Object.values<Endpoint>(api).flatMap((endpoint) => [...endpoint.problems, ...commonEndpointProblems(endpoint)]),
)

describe('the problems of the native API', () => {
  for (const code of [...named].toSorted()) {
    test(`include ${code}, which a test reaches`, () => assert.ok(TESTS.includes(code)))
  }
})
