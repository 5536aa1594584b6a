import { isObject } from '@shenpi/sdk/contract/is-object'
import { type ConformanceCase, titleOf } from '../case.ts'
import { PICTURES } from '../files/pictures.ts'
import { assertionsOf, expressionAt } from './assertions.ts'
import { withDerived } from './derived.ts'
import { toBru, toBruText } from './to-bru.ts'

// Format of .bru files: https://docs.usebruno.com/bru-lang/overview

type Lines = readonly string[]

const block = (name: string, lines: Lines): string[] =>
  lines.length === 0
    ? []
    : [`${name} {`, ...lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`), '}', '']

const toLines = (members: Readonly<Record<string, unknown>> | URLSearchParams): string[] =>
  [...(members instanceof URLSearchParams ? members : Object.entries(members))]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${toBruText(String(value))}`)

/** The file that an upload's picture stands in, below the collection's folder. */
export const pictureFile = (name: keyof typeof PICTURES): string => `pictures/${name.replaceAll(' ', '-')}`

/**
 * A case as a request of Bruno's: what it sends, what it asserts of the answer, what it keeps for the requests behind it.
 *
 * @param number its place in its folder, from 1 @param before a script that runs before it is sent
 */
export function toBruRequest(one: ConformanceCase, number: number, before: Lines = []): string {
  const { call, method = call.methods[0] ?? 'POST', headers = {}, keep = {}, by } = one
  const { type, lines, queried } = contentOf(one)
  const token = by === null || !call.authorized ? {} : { access_token: '{merchantsToken}' }
  const params = [...toLines(token), ...queried, ...toLines(new URLSearchParams(one.query))]
  const query = params.map((line) => line.replace(': ', '=')).join('&')
  const kept = Object.entries(keep).flatMap(([place, path]) => withDerived(place, expressionAt(one, path)))
  return [
    ...block('meta', [`name: ${titleOf(one)}`, 'type: http', `seq: ${number}`]),
    ...block(method.toLowerCase(), [
      `url: {{baseUrl}}${call.path}${query && `?${query}`}`,
      `body: ${type}`,
      'auth: none',
    ]),
    ...block('params:query', params),
    ...block('headers', toLines(headers)),
    ...(lines.length > 0 ? block(bodyName(type), lines) : []),
    ...block(
      'vars:post-response',
      kept.map(([place, expression]) => `${place}: ${expression}`),
    ),
    ...block(
      'assert',
      assertionsOf(one).map(([expression, expected]) => `${expression}: ${expected}`),
    ),
    ...block('script:pre-request', before),
  ].join('\n')
}

const bodyName = (type: string) => (type === 'multipartForm' ? 'body:multipart-form' : `body:${type}`)

interface Content {
  type: 'none' | 'json' | 'text' | 'multipartForm'
  lines: string[]
  queried: string[]
}

function contentOf({ call, request, file }: ConformanceCase): Content {
  if (typeof request === 'string') return { type: 'text', lines: [toBruText(request)], queried: [] }
  const fields = isObject(request) ? request : {}
  if (call.body === 'query') return { type: 'none', lines: [], queried: toLines(fields) }
  if (file) {
    const [mediaType] = PICTURES[file.is]
    const part = file.part ?? call.upload?.part ?? 'media'
    const picture = `${part}: @file(${pictureFile(file.is)}) @contentType(${file.mediaType ?? mediaType})`
    return { type: 'multipartForm', lines: [...toLines(fields), picture], queried: [] }
  }
  const { queried = [] } = call
  const isQueried = ([name]: [string, unknown]) => queried.includes(name)
  const inQuery = Object.fromEntries(Object.entries(fields).filter(isQueried))
  const body =
    queried.length > 0 ? Object.fromEntries(Object.entries(fields).filter((entry) => !isQueried(entry))) : request
  return body === undefined
    ? { type: 'none', lines: [], queried: toLines(inQuery) }
    : { type: 'json', lines: [toBru(body)], queried: toLines(inQuery) }
}
