import { problemRow } from '@shenpi/sdk/contract/problems'
import type { FastifyReply } from 'fastify'
import type { Problem } from '../../problem.ts'
import { PRIVATE_HEADERS } from './keep-private.ts'

/** A refusal as RFC 9457 has it; `type` points at the row of the reference page. */
export function answerProblem({ code, detail, members }: Problem, reply: FastifyReply): void {
  const { status, message: title } = problemRow(code)
  reply
    .code(status)
    .headers(PRIVATE_HEADERS)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: `/api/docs#${code}`, title, status, code, ...(detail && { detail }), ...members }))
}
