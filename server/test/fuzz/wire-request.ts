import type { Call } from '@shenpi/sdk/contract/call'
import { isObject } from '@shenpi/sdk/contract/is-object'
import fc from 'fast-check'
import { aMultipart } from 'shenpi-conformance/files/multipart'
import { FILES, type FileName } from './files.ts'
import { WIRE_MEANING } from './meaning.ts'
import type { Outgoing } from './mutation.ts'
import { requestOf } from './requests.ts'
import type { Manner } from './target.ts'
import { validValue } from './valid-value.ts'

interface UploadRequest {
  arguments: unknown
  file: FileName | null
  /** As the part declares it. */
  type: string | null
}

const names = Object.keys(FILES) as FileName[]
const uploads = (call: Call): fc.Arbitrary<unknown> =>
  fc.record({
    arguments: validValue(requestOf(call), WIRE_MEANING),
    file: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<FileName>('jpeg', 'png') },
      { weight: 3, arbitrary: fc.constantFrom<FileName | null>(...names, null) },
    ),
    type: fc.constantFrom(null, null, 'application/octet-stream', 'image/jpeg', 'image/png'),
  })

/** Valid requests of a call. */
export const wireRequests = (call: Call): fc.Arbitrary<unknown> =>
  call.body === 'upload' ? uploads(call) : validValue(requestOf(call), WIRE_MEANING)

/** A request as it is sent, written in one of the ways that must make no difference. */
export function writeWireRequest(call: Call, request: unknown, manner: Manner, token: string): Outgoing {
  const [method = 'POST'] = manner.tokenFirst ? call.methods : [...call.methods].reverse()
  const { query, type, body } = writeBody(call, request, manner)
  const credential = call.authorized ? `access_token=${token}` : ''
  const parts = manner.tokenFirst ? [credential, query] : [query, credential]
  return {
    method,
    path: call.path,
    query: parts.filter(Boolean).join('&'),
    headers: type === undefined ? {} : { 'content-type': type },
    body,
  }
}

type Written = { query: string; type: string | undefined; body: Buffer }

function writeBody(call: Call, request: unknown, manner: Manner): Written {
  const nothing = { query: '', type: undefined, body: Buffer.alloc(0) }
  switch (call.body) {
    case 'none':
      return nothing
    case 'query':
      return { ...nothing, query: toQuery(request) }
    case 'json':
      return { ...nothing, type: manner.type, ...writeQueried(call, request, manner) }
    case 'arguments':
      if (manner.inQuery) return { ...nothing, query: toQuery(request) }
      return { ...nothing, type: manner.type, body: toJson(request, manner) }
    case 'upload':
      return writeUpload(call, request as UploadRequest, manner)
  }
}

/** Members that stand in the query may as well stand in the body. */
function writeQueried({ queried = [] }: Call, request: unknown, manner: Manner): Pick<Written, 'query' | 'body'> {
  if (!manner.inQuery || queried.length === 0 || !isObject(request)) return { query: '', body: toJson(request, manner) }
  const [inQuery, inBody] = [true, false].map((isQueried) =>
    Object.fromEntries(Object.entries(request).filter(([name]) => queried.includes(name) === isQueried)),
  )
  return { query: toQuery(inQuery), body: toJson(inBody, manner) }
}

/** As form fields beside the file, or in the query; without a file also as JSON. */
function writeUpload(call: Call, request: UploadRequest, manner: Manner): Written {
  const { arguments: fields, file, type } = Object(request) as Partial<UploadRequest>
  const inQuery = manner.inQuery || call.upload?.arguments === 'query'
  const query = inQuery ? toQuery(fields) : ''
  if (file === null && manner.inQuery) return { query, type: manner.type, body: toJson({}, manner) }
  const parts = (inQuery ? [] : pairsOf(fields)).map(([name, value]) => ({
    head: [`Content-Disposition: form-data; name="${name}"`],
    body: value,
  }))
  const bytes = typeof file === 'string' && Object.hasOwn(FILES, file) ? FILES[file] : Buffer.from(toText(file))
  const disposition = `Content-Disposition: form-data; name="${call.upload?.part ?? 'media'}"; filename="picture"`
  const part = { head: [disposition, ...(type ? [`Content-Type: ${toText(type)}`] : [])], body: bytes }
  const { headers, body } = aMultipart(...parts, ...(file === null ? [] : [part]))
  return { query, type: headers['content-type'], body }
}

/** Arguments as texts, without those that are null. */
function pairsOf(value: unknown): [name: string, text: string][] {
  const members = Object.entries(Object(value) as Record<string, unknown>)
  return members.flatMap(([name, member]) => (member === null ? [] : [[name, toText(member)]]))
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
const toQuery = (value: unknown): string => new URLSearchParams(pairsOf(value)).toString()

function toJson(value: unknown, { spelling }: Manner): Buffer {
  if (spelling === 'indented') return Buffer.from(JSON.stringify(value, null, 1))
  const text = JSON.stringify(value)
  if (spelling === 'escaped slashes') return Buffer.from(text.replaceAll('/', '\\/'))
  if (spelling === 'only ASCII') return Buffer.from(text.replace(/[\u0080-\uffff]/g, toEscape))
  return Buffer.from(text)
}

const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
