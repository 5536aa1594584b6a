import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toRefusal } from './envelope.ts'
import { keepRequest } from './keep-request.ts'

/** Always 200: most clients read an errcode from nothing else. Source: docs/protocol/conventions.md, answers. */
export function answerRefusal(
  services: Services,
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.code(200).header('content-type', 'application/json; charset=utf-8')
  const write = (rid: string) => JSON.stringify(toRefusal(problem, rid))
  reply.send(keepRequest(services, request, reply, { wentWell: false, refused: problem, write }))
}
