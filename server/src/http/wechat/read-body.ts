import type { Call } from '@shenpi/sdk/contract/call'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { TObject } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { PictureFile } from '../../pictures/inspect-upload.ts'
import { Problem } from '../../problem.ts'
import { ARGUMENTS_MAX_BYTES, bodyTooLarge, valuesMaxOf } from '../body-limits.ts'
import { parseJson } from '../json-body.ts'
import { isMultipart, parseMultipart } from './multipart.ts'

/**
 * Read the arguments of a call from the query, a form or JSON. They may stand in more than one of these.
 * Source: docs/protocol/conventions.md, uploads.
 *
 * @param asPrinted see {@link parseJson}
 */
export async function readBody(
  call: Call,
  { query, body, sentType }: FastifyRequest,
  asPrinted: boolean,
): Promise<{ body: unknown; file?: PictureFile }> {
  const inQuery = isObject(query) ? query : {}
  const sent = body instanceof Buffer ? body : Buffer.alloc(0)
  const inJson = () => membersOf(call.request, [inQuery, jsonArguments(sent, call.request)])
  switch (call.body) {
    case 'none':
      return { body: {} }
    case 'query':
      return { body: query }
    case 'json':
      if (sent.length === 0) throw new Problem('body.empty')
      return { body: withQueried(call, inQuery, parseJson(sent, { maxValues: valuesMaxOf(call.request), asPrinted })) }
    case 'arguments':
      return { body: inJson() }
    case 'upload': {
      if (!isMultipart(sentType)) return { body: inJson() }
      const { fields, file } = await parseMultipart(sentType, sent)
      return { body: membersOf(call.request, [inQuery, fields]), ...(file && { file }) }
    }
  }
}

/** A body with the members of its call that stand in the query. One that is no object stays what it is, to be refused. */
function withQueried({ queried }: Call, inQuery: Record<string, unknown>, body: unknown): unknown {
  if (!queried || !isObject(body)) return body
  const members = queried.filter((name) => Object.hasOwn(inQuery, name)).map((name) => [name, inQuery[name]])
  return { ...body, ...Object.fromEntries(members) }
}

/** The members that a schema knows, each from the last place that has it: a stranger's other members are not looked at. */
function membersOf({ properties }: TObject, places: readonly Record<string, unknown>[]): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (const name of Object.keys(properties)) {
    const place = places.findLast((candidate) => Object.hasOwn(candidate, name))
    if (place) members[name] = place[name]
  }
  return members
}

/**
 * The members of arguments in JSON, or none where the body is something else, as a picture without its form: an upload
 * without its file says so itself.
 *
 * @throws Problem `body.too_large`
 */
function jsonArguments(body: Buffer, request: TObject): Record<string, unknown> {
  if (body.length > ARGUMENTS_MAX_BYTES) {
    const isJson = body.toString('latin1', 0, ARGUMENTS_MAX_BYTES).trimStart().startsWith('{')
    if (isJson) throw bodyTooLarge(body.length, ARGUMENTS_MAX_BYTES, 'bytes')
    return {}
  }
  try {
    const value = parseJson(body, { maxValues: valuesMaxOf(request) })
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
