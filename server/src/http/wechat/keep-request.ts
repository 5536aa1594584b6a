import type { FastifyReply, FastifyRequest } from 'fastify'
import { toText } from '../../requests/request-record.ts'
import { newRid } from '../../requests/rid.ts'
import type { Services } from '../../services.ts'
import { isMultipart } from './multipart.ts'

/** Says by which rid an answer can be asked for, also where the wire has no place for it. */
const RID_HEADER = 'x-shenpi-rid'

/**
 * Answer a call and keep it for `openapi/rid/get`, if its account is known. Refusals are kept, and in the sandbox, where
 * people look at single calls, successes too.
 *
 * @param write the answer, given its rid
 * @returns the answer
 */
export function keepRequest(
  { clock, entropy, requests }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { wentWell, write }: { wentWell: boolean; write: (rid: string) => string },
): string {
  const { caller } = request
  const at = caller ? clock.now(caller.account.accountId) : clock.installation()
  const rid = newRid(at, entropy.draw(caller?.account.accountId ?? 0, 'rid', 8))
  const responseBody = write(rid)
  if (!caller) return responseBody
  reply.header(RID_HEADER, rid)
  requests.keep(
    {
      accountId: caller.account.accountId,
      rid,
      at,
      costMs: Math.round(reply.elapsedTime),
      url: request.url,
      requestBody: bodyOf(request),
      responseBody,
      clientIp: request.ip ?? '',
    },
    { wentWell, isStranger: request.isStranger },
  )
  return responseBody
}

/** A quota is asked before the body is read: nothing is known of it then. */
function bodyOf({ body, sentType }: FastifyRequest): string {
  if (!(body instanceof Buffer)) return ''
  return isMultipart(sentType) ? `[multipart/form-data, ${body.length} bytes]` : toText(body)
}
