import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { PROBLEMS, type ProblemCode } from '@shenpi/sdk/contract/problems'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'

/** Refusals before an endpoint reads its request. */
const readingProblems = ({ method, path }: Endpoint): ProblemCode[] => [
  'request.malformed',
  ...(method === 'GET' ? [] : (['body.unparsable', 'body.too_large', 'body.charset_invalid'] as const)),
  ...(path.includes('{') ? (['path.unknown'] as const) : []),
]

describe('the documents of the native API', () => {
  const [kind] = DATABASES
  assert.ok(kind)

  test('describe in OpenAPI 3.1 what every endpoint takes, answers and refuses', async () => {
    await using server = await startTestServer(kind)
    const response = await fetch(`${server.url}/api/v1/openapi.json`)
    assert.equal(response.status, 200, 'without a key')
    // biome-ignore lint/suspicious/noExplicitAny: a document of any shape is what is looked at
    const document = (await response.json()) as any
    assert.match(document.openapi, /^3\.1\.\d+$/)
    assert.ok(document.info.title && document.info.version)
    assert.deepEqual(document.servers, [{ url: '/api/v1' }])
    const listed: string[] = []
    for (const [path, operations] of Object.entries<Record<string, never>>(document.paths)) {
      assert.match(path, /^\//)
      for (const method of Object.keys(operations)) listed.push(`${method.toUpperCase()} ${path}`)
    }
    const endpoints = Object.entries<Endpoint>(api)
    assert.deepEqual(listed.toSorted(), endpoints.map(([, { method, path }]) => `${method} ${path}`).toSorted())
    const operationIds = new Set<string>()
    for (const [name, endpoint] of endpoints) {
      const operation = document.paths[endpoint.path][endpoint.method.toLowerCase()]
      assert.equal(operation.operationId, name)
      operationIds.add(operation.operationId)
      const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
      const parameters: { name: string; in: string; required: boolean; schema: object }[] = operation.parameters ?? []
      assert.deepEqual(
        parameters.filter((each) => each.in === 'path').map((each) => each.name),
        named,
      )
      assert.ok(parameters.every((each) => each.schema && (each.in !== 'path' || each.required)))
      assert.equal(
        parameters.some((each) => each.name === 'If-Match'),
        endpoint.conditional === true,
      )
      assert.ok(operation.responses[endpoint.status].content[endpoint.produces ?? 'application/json'].schema)
      for (const code of [...endpoint.problems, ...readingProblems(endpoint)]) {
        assert.ok(operation.responses[PROBLEMS[code].status].description.includes(`\`${code}\``), `${name}: ${code}`)
      }
      const admitted =
        endpoint.access === 'public' ? [] : endpoint.access === 'signed_in' ? ['session'] : ['key', 'session']
      assert.deepEqual(operation.security.flatMap(Object.keys), admitted, name)
      assert.equal(operation['x-permission'], admitted.includes('key') ? endpoint.access : undefined)
      assert.equal(operation.requestBody !== undefined, endpoint.body.type !== 'undefined')
    }
    assert.equal(operationIds.size, endpoints.length)
    for (const [reference] of JSON.stringify(document).matchAll(/(?<="\$ref":")[^"]+/g)) {
      assert.equal(reference, '#/components/schemas/Problem')
    }
  })

  test('include a page that names every endpoint and every problem and loads nothing else', async () => {
    await using server = await startTestServer(kind)
    const response = await fetch(`${server.url}/api/docs`)
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
    const policy = response.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/)
    assert.doesNotMatch(policy, /script-src|connect-src|unsafe/)
    const page = await response.text()
    for (const name of Object.keys(api)) assert.ok(page.includes(`id="${name}"`), name)
    for (const code of Object.keys(PROBLEMS)) assert.ok(page.includes(`id="${code}"`), code)
    assert.doesNotMatch(page, /<script|undefined|\[object/)
    assert.match(page, /<p>For operator \(<code>staff\.change<\/code>\)\.<\/p>/)
    assert.match(page, /<code>purpose<\/code><\/td><td>string<\/td><td>1 to 500 characters\.</)
    assert.match(page, /<code>callback\.verified_at<\/code>/, 'the members of what may be null')
  })
})
