import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { test } from 'node:test'
import { Listeners } from './listeners.ts'

const REQUEST = 'GET / HTTP/1.1\r\nhost: shenpi\r\n\r\n'
const COUNT = 1000

test('the first requests of a packet are parsed and answered before the others are parsed', async (t) => {
  const listeners = new Listeners(undefined)
  let parsed = 0
  const responses: ServerResponse[] = []
  const begun = Promise.withResolvers<void>()
  const server = listeners.create((_request, response) => {
    responses.push(response)
    if (responses.length === 1) setImmediate(begun.resolve)
    else response.end()
  })
  server.on('request', () => {
    parsed += 1
  })
  server.listen(0)
  await once(server, 'listening')
  t.after(() => listeners.close(0))
  const client = connect((server.address() as AddressInfo).port)
  t.after(() => client.destroy())
  client.write(REQUEST.repeat(COUNT))
  await begun.promise
  assert.ok(parsed <= 4096 / REQUEST.length + 1, `${parsed} were parsed`)

  const answers = client.setEncoding('latin1')[Symbol.asyncIterator]()
  responses[0]?.end()
  let text = ''
  while (text.split('HTTP/1.1 200').length <= COUNT) text += (await answers.next()).value
  assert.equal(parsed, COUNT)
})
