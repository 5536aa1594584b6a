import type { Call } from '@shenpi/sdk/contract/call'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { ConformanceCase } from '../case.ts'
import { FORMS } from '../files/forms.ts'
import { makeFile } from '../files/pictures.ts'
import { fill, type Places } from '../fill.ts'
import type { WireRequest } from './send.ts'

/** The request of a case, with its caller's token and with what its places stand for. */
export function toRequest(
  one: ConformanceCase,
  token: string | undefined,
  places: Places,
): WireRequest & { path: string } {
  const { call, request, file, form, path, method, headers, query } = one
  const content: WireRequest = form ? FORMS[form]() : toContent(call, fill(request, places), file)
  const queries = [token && `access_token=${token}`, content.query, query && String(fill(query, places))]
  const whole = queries.filter((part) => part !== undefined && part !== '').join('&')
  return {
    ...content,
    method: method ?? call.methods[0] ?? 'POST',
    path: path ?? call.path,
    headers: { ...content.headers, ...headers },
    query: whole || undefined,
  }
}

function toContent(call: Call, request: unknown, file: ConformanceCase['file']): WireRequest {
  if (typeof request === 'string') return { body: request }
  if (isBytes(request)) return { body: Buffer.from(request.base64, 'base64') }
  if (call.body === 'query' && isObject(request)) return { query: new URLSearchParams(toTexts(request)).toString() }
  if (!file && call.queried && isObject(request)) return toQueried(call.queried, request)
  if (!file) return { body: request }
  const form = new FormData()
  for (const [name, value] of Object.entries(toTexts(request))) form.set(name, value)
  form.set(file.part ?? call.upload?.part ?? 'media', makeFile(file.is, file.mediaType), 'picture.png')
  return { body: form }
}

/** Some members stand in the query, the others in the body. */
function toQueried(queried: readonly string[], request: object): WireRequest {
  const [inQuery, inBody] = [true, false].map((isQueried) =>
    Object.fromEntries(Object.entries(request).filter(([name]) => queried.includes(name) === isQueried)),
  )
  return { query: new URLSearchParams(toTexts(inQuery)).toString(), body: inBody }
}

const isBytes = (value: unknown): value is { base64: string } =>
  isObject(value) && Object.keys(value).join() === 'base64'
const toTexts = (fields: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
