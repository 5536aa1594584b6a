import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import Fastify from 'fastify'
import { batchHandlers } from './batch-handlers.ts'

test('requests that arrive together are all read before the first is handled, and handled in order', async () => {
  const app = Fastify()
  const steps: string[] = []
  app.addHook('preHandler', ({ url }, _reply, done) => {
    steps.push(`read ${url}`)
    done()
  })
  batchHandlers(app)
  app.get('/:name', async ({ url }) => {
    steps.push(`handle ${url}`)
    if (url === '/b') throw new Error('b fails')
    return ''
  })
  await app.ready()
  const answers = await Promise.all(['/a', '/b', '/c'].map((url) => app.inject(url)))
  assert.deepEqual(steps, ['read /a', 'read /b', 'read /c', 'handle /a', 'handle /b', 'handle /c'])
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 500, 200],
  )
  steps.length = 0
  await app.inject('/d')
  assert.deepEqual(steps, ['read /d', 'handle /d'])
})

test('handles at most 64 requests before sockets are read again', async () => {
  const app = Fastify()
  batchHandlers(app)
  let handled = 0
  app.get('/', async () => {
    handled += 1
    return ''
  })
  await app.ready()
  const all = Promise.all(Array.from({ length: 150 }, () => app.inject('/')))
  const perTurn: number[] = []
  for (let before = 0; handled < 150; before = handled) {
    await setImmediate()
    perTurn.push(handled - before)
  }
  await all
  assert.equal(Math.max(...perTurn), 64)
})
