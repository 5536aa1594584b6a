import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { handleTogether } from './handle-together.ts'

test('requests that arrive together are all read before the first is handled, and handled in their order', async () => {
  const app = Fastify()
  const steps: string[] = []
  app.addHook('preHandler', ({ url }, _reply, done) => {
    steps.push(`read ${url}`)
    done()
  })
  handleTogether(app)
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
