import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Call } from '@shenpi/sdk/contract/call'
import { fits } from '@shenpi/sdk/contract/check'
import { read } from '@shenpi/sdk/contract/reading'
import { wire } from '@shenpi/sdk/contract/wire'
import { EXAMPLES_PATH, openApiExamples } from '../build/openapi-examples.ts'
import { bodySchemaOf, wireOpenApi } from '../src/http/wechat/openapi.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the document says
const document = (await wireOpenApi('https://shenpi.example.com')) as any
const CALLS = Object.values(wire).flatMap((calls) => Object.values<Call>(calls))
const operationsOf = ({ path, methods }: Call) => methods.map((method) => document.paths[path]?.[method.toLowerCase()])

test('the description of the wire lists every call by its methods, and nothing else', () => {
  const described = Object.entries<object>(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const served = CALLS.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
  assert.deepEqual(described.sort(), served.sort())
  const ids = CALLS.flatMap(operationsOf).map(({ operationId }) => operationId)
  assert.equal(new Set(ids).size, ids.length)
})

test('the description of the wire has no internal words and no unfilled placeholders', () => {
  const text = JSON.stringify(document)
  for (const word of [
    '"problem"',
    '"missing"',
    '"above"',
    '"oneForList"',
    '"emptyForAbsent"',
    '"otherName"',
    'weight-',
  ]) {
    assert.ok(!text.includes(word), word)
  }
  assert.doesNotMatch(text, /"\{\w+\}"/)
})

for (const call of CALLS) {
  test(`the description of ${call.path} has a request and an answer that fit its contract`, () => {
    for (const { requestBody, responses } of operationsOf(call)) {
      const { json, examples } = {
        json: requestBody?.content['application/json'],
        ...responses[200].content['application/json'],
      }
      if (json && Object.keys(call.request.properties).length > 0) {
        const requests = Object.values<{ value: unknown }>(json.examples)
        assert.ok(requests.length > 0, 'a request is shown')
        const body = bodySchemaOf(call)
        for (const { value } of requests) assert.ok(fits(body, read(body, value)))
      }
      const { value } = examples.example1 ?? assert.fail('an answer is shown')
      assert.ok(fits(call.answer, call.family === 'shakearound' ? value.data : value))
    }
  })
}

test('the description of the wire shows its cases as they are', () => {
  assert.equal(readFileSync(EXAMPLES_PATH, 'utf8'), openApiExamples(), 'run npm run examples -w server')
})

test('the description of the wire is served to everybody as JSON, with the address of the server', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind, { env: { PUBLIC_URL: 'https://shenpi.example.com' } })
  const answer = await fetch(`${server.url}/openapi.json`)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.deepEqual(await answer.json(), JSON.parse(JSON.stringify(document)))
})
