import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../../sandbox/sandbox.ts'

/** Each answer of the wire says what time it is for the account, while `Date` says what time it is: in a sandbox alone. */
export function tellTime(app: FastifyInstance, { clocks }: Sandbox): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    const now = request.caller ? clocks.now(request.caller.account.accountId) : clocks.installation()
    reply.header('x-shenpi-time', now.toISOString())
    done()
  })
}
