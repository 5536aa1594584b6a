import { byAppid, Time } from '@shenpi/sdk/contract/endpoint'
import { OneOf, Type } from '@shenpi/sdk/contract/schema'
import { KIND_NAMES } from '@shenpi/sdk/contract/states'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getAccountByAppid } from '../accounts/account.store.ts'
import { toApplicationId } from '../applications/application-id.ts'
import { Problem } from '../problem.ts'
import { submitEarlier } from '../sandbox/submit-earlier.ts'
import type { Services } from '../services.ts'
import { admit } from './caller.ts'
import { parse } from './contract.ts'
import { parseJson } from './json-body.ts'

/** More than any payload has. */
const VALUES_MAX = 1000

const Submission = Type.Object({
  ...byAppid.properties,
  kind: OneOf(KIND_NAMES),
  payload: Type.Unknown({ description: 'As the kind keeps it.' }),
  applied_at: Time,
})

/** What a sandbox alone has, below `/api/sandbox`: elsewhere there are no such paths. */
export function sandboxRoutes(app: FastifyInstance, services: Services): void {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post('/sandbox/applications', {
    onRequest: async (request) => void (await admit(services, 'account.change', request)),
    handler: async (request, reply) => {
      const { appid, kind, payload, applied_at } = await parse(Submission, readJson(request), 'request.malformed')
      const appliedAt = new Date(applied_at)
      const shape = services.review.kinds[kind].use((of) => of.payload)
      const submitted = { kind, payload: await parse(shape, payload, 'request.malformed') }
      const { accountId } = await getAccountByAppid(services.db, appid)
      if (appliedAt > services.clock.now(accountId))
        throw new Problem('request.malformed', 'applied_at: not before now.')
      const application = await submitEarlier(services.review, { accountId, ...submitted }, appliedAt)
      return reply.code(201).send({ id: toApplicationId(application) })
    },
  })
}

const readJson = ({ body }: FastifyRequest): unknown =>
  body instanceof Buffer ? parseJson(body, { maxValues: VALUES_MAX }) : undefined
