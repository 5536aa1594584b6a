import { isObject } from '@shenpi/sdk/contract/is-object'
import { type Answer, BrokenRecording, type Exchange, type FormPart, isCallOfWire, targetOf } from './recording.ts'

/** How much is shown of the address of another call. Unit: characters. */
const FOREIGN_MAX = 200

/**
 * An entry of a HAR 1.2 as an exchange of ours. Of an entry without an answer (status 0) the failure alone is taken, of another
 * call than this wire's that it was made: a browser writes down whatever it loads.
 *
 * @throws BrokenRecording for an entry without method or URL
 */
export function toExchange(entry: unknown, line: number): Exchange {
  const { request, response } = isObject(entry) ? entry : {}
  if (!isObject(request)) throw new BrokenRecording(line, 'request: an object is expected')
  const { method, url } = request
  if (typeof method !== 'string') throw new BrokenRecording(line, 'request.method: a text is expected')
  if (typeof url !== 'string') throw new BrokenRecording(line, 'request.url: a text is expected')
  const { pathname } = URL.canParse(url, 'http://recorded.invalid') ? targetOf({ url }) : { pathname: url }
  if (!isCallOfWire(pathname)) return { method: 'GET', url: `/${pathname.replace(/^\/+/, '').slice(0, FOREIGN_MAX)}` }
  const sent = toSent(isObject(request.postData) ? request.postData : {})
  return { method: method.toUpperCase(), url, ...sent, ...toAnswer(response, line) }
}

function toSent({ mimeType, params, ...content }: Record<string, unknown>): Partial<Exchange> {
  const type = typeof mimeType === 'string' ? mimeType : undefined
  const text = toText(content)
  if (!/^multipart\//i.test(type ?? '')) return { type, ...(text && toBody(text)) }
  const form = toParts(params)
  if (form.length > 0) return { type, form }
  // As a text its files are damaged.
  return { type, ...(text && { left_out: 'the HAR has no parts of its form' }) }
}

const toText = ({ text, encoding }: Record<string, unknown>): string | undefined => {
  if (typeof text !== 'string') return undefined
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text
}

/** What browsers tell of a form: of a file its name and type, not its content. */
function toParts(params: unknown): FormPart[] {
  return (Array.isArray(params) ? params : []).filter(isObject).map(({ name, value, fileName, contentType }) => ({
    name: String(name ?? ''),
    ...(typeof fileName === 'string'
      ? { file: fileName, ...(typeof contentType === 'string' && { type: contentType }) }
      : { value: String(value ?? '') }),
  }))
}

function toAnswer(response: unknown, line: number): { answer?: Answer; failure?: string } {
  if (!isObject(response) || !response.status) return { failure: 'no answer was recorded' }
  const { status, content } = response
  if (typeof status !== 'number') throw new BrokenRecording(line, 'response.status: a number is expected')
  const { mimeType, ...body } = isObject(content) ? content : {}
  const text = toText(body)
  if (text === undefined) return { answer: { status, left_out: 'the HAR has no content' } }
  return { answer: { status, ...(typeof mimeType === 'string' && { type: mimeType }), ...toBody(text) } }
}

/** A body as a recording holds it: JSON with members as its value, everything else as its text. */
export function toBody(text: string): { body: unknown } | { text: string } {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { body: value }
  } catch {
    // A body that is no JSON is kept as it is: that it is refused may be what the recording is about.
  }
  return { text }
}
