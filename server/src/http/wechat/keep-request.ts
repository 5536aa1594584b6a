import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../problem.ts'
import { toDecided } from '../../requests/explanation.ts'
import { toStored, toText } from '../../requests/request-record.ts'
import { newRid } from '../../requests/rid.ts'
import type { Services } from '../../services.ts'
import { isMultipart } from './multipart.ts'

/** Says by which rid an answer can be asked for, also where the wire has no place for it. */
const RID_HEADER = 'x-shenpi-rid'

/**
 * Answer a call and keep it for `openapi/rid/get` and to be explained, if its account is known. Refusals are kept, and in the
 * sandbox, where people look at single calls, successes too, and refusals of callers who are not known.
 *
 * @param refused why it was refused, if it was
 * @param write the answer, given its rid
 * @returns the answer
 */
export function keepRequest(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  { wentWell, refused, write }: { wentWell: boolean; refused?: Problem; write: (rid: string) => string },
): string {
  const { clock, entropy, requests, sandbox } = services
  // Another state has come since it was admitted: the caller's id may be another account's.
  const isLate = sandbox !== undefined && request.admittedIn !== sandbox.gate.exchangesOfAll
  const caller = isLate ? undefined : request.caller
  const at = caller ? clock.now(caller.account.accountId) : clock.installation()
  const rid = newRid(at, entropy.draw(caller?.account.accountId ?? 0, 'rid', 8))
  const responseBody = write(rid)
  if (!caller && !sandbox) return responseBody
  const record = {
    rid,
    at,
    costMs: Math.round(reply.elapsedTime),
    url: request.url,
    requestBody: bodyOf(request),
    responseBody,
    clientIp: request.ip ?? '',
    path: request.routeOptions.url ?? request.url.split('?')[0] ?? '',
    ...toDecided(refused, request),
    injectedBy: request.injectedBy ?? null,
    outcomeBy: (!refused && request.outcomeBy) || null,
    aheadMs: sandbox ? at.getTime() - clock.machine() : 0,
  }
  if (!caller) {
    sandbox?.unclaimed.add(toStored(record))
    return responseBody
  }
  reply.header(RID_HEADER, rid)
  const { accountId } = caller.account
  requests.keep({ accountId, ...record }, { wentWell, isStranger: request.isStranger })
  return responseBody
}

/** A quota is asked before the body is read: nothing is known of it then. */
function bodyOf({ body, sentType }: FastifyRequest): string {
  if (!(body instanceof Buffer)) return ''
  return isMultipart(sentType) ? `[multipart/form-data, ${body.length} bytes]` : toText(body)
}
