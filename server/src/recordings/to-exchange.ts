import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { isMultipart } from '../http/wechat/multipart.ts'
import type { BodyTap } from './body-tap.ts'
import { shapeOfForm } from './form-shape.ts'
import { toBody } from './har.ts'
import { anonymousText, type Masker } from './mask-values.ts'
import { type Answer, type Exchange, isCallOfWire, targetOf } from './recording.ts'

/** An exchange that passed through the recorder. */
export interface Passed {
  request: IncomingMessage
  at: Date
  sent: BodyTap
  received: BodyTap
  answer: IncomingMessage | undefined
  failure: string | undefined
}

/** The longest body that is recorded. Unit: bytes. Source: docs/protocol/conventions.md, body limits. */
const BODY_MAX_BYTES = 1024 * 1024
/** How much of a body is recorded that is no JSON: an error page, most often. Unit: characters. */
const TEXT_MAX = 4096

/** What of an exchange is recorded. Of other calls than this wire's nothing is but that they were made. */
export async function toExchange(passed: Passed, masker: Masker): Promise<Exchange> {
  const { request, at, sent, received, answer, failure } = passed
  const url = targetOf({ url: request.url ?? '/' })
  const base = { at: at.toISOString(), method: request.method ?? 'GET' }
  const status = answer?.statusCode
  if (!isCallOfWire(url.pathname)) {
    const left_out = 'no call of this wire'
    return { ...base, url: url.pathname, left_out, ...(failure ? { failure } : { answer: { status, left_out } }) }
  }
  const type = request.headers['content-type']
  return {
    ...base,
    url: masker.url(url),
    ...(type && { type: type.replace(/;\s*boundary=.*$/i, '') }),
    ...(await toSent(sent, type, masker)),
    ...(failure ? { failure } : { answer: toAnswer(answer, received, masker) }),
  }
}

async function toSent(tap: BodyTap, type: string | undefined, masker: Masker): Promise<Partial<Exchange>> {
  if (tap.leftOut) return { left_out: tap.leftOut }
  if (!isMultipart(type)) {
    // As a text it would be another body, and sent again it would be taken.
    return isUtf8(tap.content) ? toRecorded(tap, masker) : { left_out: 'a text that is not UTF-8' }
  }
  const form = await shapeOfForm(type, tap.content, masker)
  return form ? { form } : { left_out: 'a form that cannot be read' }
}

function toAnswer(answer: IncomingMessage | undefined, tap: BodyTap, masker: Masker): Answer {
  const { 'content-type': type, 'content-encoding': encoding } = answer?.headers ?? {}
  const content = encoding && encoding !== 'identity' ? { left_out: `encoded as ${encoding}` } : toRecorded(tap, masker)
  return { status: answer?.statusCode, ...(type && { type }), ...content }
}

function toRecorded(tap: BodyTap, masker: Masker): Pick<Exchange, 'body' | 'text' | 'left_out'> {
  if (tap.leftOut) return { left_out: tap.leftOut }
  const { content } = tap
  if (content.length === 0) return {}
  if (content.length > BODY_MAX_BYTES) return { left_out: `more than ${BODY_MAX_BYTES} bytes` }
  const body = toBody(content.toString())
  if ('body' in body) return { body: masker.mask(body.body) }
  // Cut off it would be another body: a longer one is not sent again.
  return body.text.length > TEXT_MAX ? { left_out: 'a long text' } : { text: anonymousText(body.text) }
}
