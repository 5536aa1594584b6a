import type { Call } from '@shenpi/sdk/contract/call'
import { type ConformanceCase, fill } from 'shenpi-conformance/case'
import { FORMS } from 'shenpi-conformance/files/forms'
import { makeFile } from 'shenpi-conformance/files/pictures'
import { exchange, type WireReply, type WireRequest } from '../wire/exchange.ts'
import type { World } from './world.ts'

/** Make the request of a case, and hold its answer against all that holds for every answer. */
export async function sendCase(
  { server, members, places }: World,
  { call, by = 'merchant', request, file, form, path, method, headers, query }: ConformanceCase,
): Promise<WireReply> {
  const sent: WireRequest = {
    ...(path && { path }),
    ...(method && { method }),
    ...(headers && { headers: { ...headers } }),
    ...(query !== undefined && { query: String(fill(query, places)) }),
  }
  const content: WireRequest = form ? FORMS[form]() : await toContent(call, fill(request, places), file)
  const token = by === null ? undefined : members[by].token
  return await exchange(server, call, token, {
    ...content,
    ...sent,
    headers: { ...content.headers, ...sent.headers },
    ...(content.query && { query: [content.query, sent.query].filter(Boolean).join('&') }),
  })
}

async function toContent(call: Call, request: unknown, file: ConformanceCase['file']): Promise<WireRequest> {
  if (typeof request === 'string') return { body: request }
  if (isBytes(request)) return { body: Buffer.from(request.base64, 'base64') }
  if (call.body === 'query' && isObject(request)) return { query: new URLSearchParams(toTexts(request)).toString() }
  if (!file) return { body: request }
  const form = new FormData()
  for (const [name, value] of Object.entries(toTexts(request))) form.set(name, value)
  form.set(file.part ?? call.upload?.part ?? 'media', makeFile(file.is, file.mediaType), 'picture.png')
  return { body: form }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isBytes = (value: unknown): value is { base64: string } =>
  isObject(value) && Object.keys(value).join() === 'base64'
const toTexts = (fields: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
