import type { WireCall } from '../contract/call.ts'
import { isObject } from '../contract/is-object.ts'
import { UnansweredError } from '../exchange.ts'
import { WireError } from './wire-error.ts'

/** A picture. A `File` keeps its name; anything else is named by what its first bytes or its type say. */
export type WireFile = Blob | Uint8Array

type Arguments = Record<string, unknown>

/** A call as it goes out. Source: docs/protocol/conventions.md, transport. */
export function toRequest(
  call: WireCall,
  request: Arguments,
  { baseUrl, token }: { baseUrl: string; token?: string },
): { path: string; url: URL; init: RequestInit } {
  const {
    path,
    methods: [method],
    body,
    upload,
    queried = [],
  } = call
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`)
  if (token !== undefined) url.searchParams.set('access_token', token)
  const init: RequestInit = { method }
  const part = upload?.part
  const { [part ?? '']: file, ...fields } = request
  if (body === 'query' || upload?.arguments === 'query') addAll(url.searchParams, fields)
  if (body === 'json') {
    const [inQuery, inBody] = [true, false].map((isQueried) =>
      Object.entries(request).filter(([name]) => queried.includes(name) === isQueried),
    )
    addAll(url.searchParams, Object.fromEntries(inQuery ?? []))
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(Object.fromEntries(inBody ?? []))
  }
  if (body === 'upload' && (file || upload?.arguments === 'form')) {
    const form = new FormData()
    if (upload?.arguments === 'form') addAll(form, fields)
    if (part && file) addFile(form, part, file)
    init.body = form
  }
  return { path, url, init }
}

function addAll(to: FormData | URLSearchParams, fields: Arguments): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) to.set(name, String(value))
  }
}

const MEDIA_TYPES: Record<string, string> = { ffd8: 'jpeg', '8950': 'png', '4749': 'gif' }

/** The platform looks at a file's name, so it always has one. */
function addFile(form: FormData, part: string, file: unknown): void {
  if (file instanceof Uint8Array) {
    const magic = Array.from(file.subarray(0, 2), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const kind = MEDIA_TYPES[magic]
    addFile(form, part, new Blob([new Uint8Array(file)], { type: kind ? `image/${kind}` : 'application/octet-stream' }))
    return
  }
  if (!(file instanceof Blob)) throw new TypeError(`${part} is neither a Blob nor bytes`)
  const name = 'name' in file && String(file.name)
  const extension = /^image\/(jpeg|png|gif)$/.exec(file.type)?.[1]?.replace('jpeg', 'jpg')
  form.set(part, file, name || (extension ? `picture.${extension}` : 'picture'))
}

/**
 * What an answer says, out of its family's envelope. Source: docs/protocol/conventions.md, envelopes.
 *
 * Read liberally: `errcode` and `errmsg` may be absent, `data` too, and members that the contract does not know stay.
 *
 * @throws WireError when the call was refused.
 * @throws UnansweredError when this is no answer of the wire.
 */
export function readAnswer(call: WireCall, { status, content }: { status: number; content: unknown }): unknown {
  if (!isObject(content) || (content.errcode === undefined && status >= 300)) {
    throw new UnansweredError(call.path, `HTTP ${status} without an answer of the wire`, status)
  }
  const { errcode, errmsg, ...rest } = content
  const code = Number(errcode ?? 0)
  if (code !== 0) throw new WireError(call, { errcode: code, errmsg: typeof errmsg === 'string' ? errmsg : '' })
  return call.family === 'shakearound' ? (rest.data ?? {}) : rest
}
