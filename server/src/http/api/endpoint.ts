import type { Endpoint } from '@shenpi/sdk/contract/api'
import type { Static } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../actors/actor.ts'
import type { Gate } from '../../jobs/gate.ts'
import { Problem } from '../../problem.ts'
import { BODY_MAX_BYTES, valuesMaxOf } from '../body-limits.ts'
import { parse } from '../contract.ts'
import { parseJson, parseLongJson } from '../json-body.ts'

export interface ApiRequest<E extends Endpoint> {
  /** Who asks; nobody where the endpoint is for everybody. */
  actor: Actor
  params: Static<E['params']>
  query: Static<E['query']>
  body: Static<E['body']>
  /** What `If-Match` says; only a conditional call has one. */
  version: number
  reply: FastifyReply
}

export type ServeEndpoint = <E extends Endpoint>(
  endpoint: E,
  handle: (request: ApiRequest<E>) => Promise<Static<E['answer']>>,
) => void

/** An endpoint that is served: handles a request whose caller was admitted. */
export type ServedEndpoint = (request: FastifyRequest, reply: FastifyReply, actor: Actor) => Promise<FastifyReply>

/** Keeps what is served under its endpoint. @param gate what it goes through */
export function serveInto(served: Map<Endpoint, ServedEndpoint>, gate?: Gate): ServeEndpoint {
  return (endpoint, handle) => {
    const hasBody = endpoint.body.type !== 'undefined'
    const maxValues = valuesMaxOf(endpoint.body)
    served.set(endpoint, async (request, reply, actor) => {
      // Before anything is looked up: a body that does not parse is refused even where the endpoint takes none.
      const sent = await readJson(request, maxValues)
      const params = await parse(endpoint.params, request.params, 'request.malformed')
      const query = await parse(endpoint.query, request.query, 'request.malformed')
      const body = await parse(endpoint.body, hasBody ? sent : undefined, 'request.malformed')
      const version = endpoint.conditional ? versionOf(request) : 0
      const asked = { actor, params, query, body, version, reply }
      const answer = await (gate ? gate.run('request', undefined, () => handle(asked)) : handle(asked))
      if (endpoint.produces && !reply.hasHeader('content-type')) reply.type(endpoint.produces)
      // A browser may have it already: 304.
      if (reply.statusCode !== 304) reply.code(endpoint.status)
      return reply.send(answer)
    })
  }
}

/** @throws Problem `body.unparsable`, `body.too_large` */
async function readJson({ body }: FastifyRequest, maxValues: number): Promise<unknown> {
  if (!(body instanceof Buffer)) return undefined
  return body.length > BODY_MAX_BYTES ? await parseLongJson(body, maxValues) : parseJson(body, { maxValues })
}

/** @throws Problem `application.version_required`, `request.malformed` */
function versionOf(request: FastifyRequest): number {
  const condition = request.headers['if-match']
  if (!condition) throw new Problem('application.version_required')
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(condition)?.[1]
  if (!version) throw new Problem('request.malformed', 'If-Match: send the ETag that the application was read with.')
  return Number(version)
}
