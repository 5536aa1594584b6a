import type { FastifyInstance } from 'fastify'

/** `/callback`: a merchant's server that takes every callback at once; `/count` says how many. */
export function serveCallbacks(app: FastifyInstance): void {
  let count = 0
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.get('/callback', async ({ query }) => (query as { echostr: string }).echostr)
  app.post('/callback', async () => {
    count += 1
    return 'success'
  })
  app.get('/count', async () => ({ count }))
}
