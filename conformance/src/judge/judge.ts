import { isDeepStrictEqual } from 'node:util'
import type { Call } from '@shenpi/sdk/contract/call'
import { compile } from '@shenpi/sdk/contract/check'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { TSchema } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'

import type { ConformanceCase } from '../case.ts'
import { fill } from '../fill.ts'
import { hasMembers } from './has-members.ts'
import { memberAt } from './member-at.ts'

import type { Reply } from './send.ts'
import { strict } from './strict.ts'

/**
 * What of a reply differs from what its case states and from what holds for every answer, a line each.
 *
 * @param places what the case's places stand for; those that it keeps are added
 */
export function judge(one: ConformanceCase, reply: Reply, places: Record<string, unknown>): string[] {
  const { call, errcode, answer, keep = {}, path } = one
  // Of another path than its own a call has nothing to say.
  const differences = judgeReply(path ? undefined : call, reply)
  if (differences.length > 0) return differences
  const content = contentOf(call, reply.json)
  const actual = isObject(reply.json) ? (reply.json.errcode ?? 0) : undefined
  if (actual !== (errcode ?? 0))
    return [`errcode: ${inWords(actual)} instead of ${errcode ?? 0} (${excerpt(reply.text)})`]
  if (errcode !== undefined) return []
  const found = Object.entries(keep).map(([place, at]): [string, unknown] => [place, memberAt(content, at)])
  const expected = fill(answer, { ...Object.fromEntries(found), ...places })
  for (const [place, value] of found) {
    if (value === undefined) differences.push(`${keep[place]} is missing`)
    else places[place] = value
  }
  return answer === undefined ? differences : [...differences, ...differencesOf(content, expected, '')]
}

const RID = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

/** What holds for every reply. Source: docs/protocol/conventions.md, answering (W1 to W4), envelopes. */
export function judgeReply(call: Call | undefined, reply: Reply): string[] {
  const { status, headers, text, json } = reply
  if (status !== 200) return [`HTTP status ${status} instead of 200 (${excerpt(text)})`]
  if (!isObject(json)) return [`no JSON object (${excerpt(text)})`]
  const differences: string[] = []
  const type = String(headers['content-type'])
  if (!/^application\/json(;|$)/.test(type)) differences.push(`Content-Type ${type} instead of application/json`)
  // U+007F may stand in a text as it is (RFC 8259, section 7), and between texts no JSON has it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f]/.test(text) || text !== text.trim()) differences.push('the body is more than one line of JSON')
  return [...differences, ...(json.errcode ? judgeRefusal(json) : call ? judgeAnswer(call, json) : [])]
}

function judgeRefusal(json: Record<string, unknown>): string[] {
  const members = Object.keys(json).sort().join()
  if (members !== 'errcode,errmsg') return [`a refusal with ${members} instead of errcode,errmsg`]
  if (!Number.isInteger(json.errcode)) return [`errcode ${inWords(json.errcode)} instead of a whole number`]
  return RID.test(String(json.errmsg)) ? [] : [`errmsg ${inWords(json.errmsg)} does not end in a rid`]
}

/** A memo: a schema never changes, and to compile one takes a while. */
const checks = new Map<Call, TypeCheck<TSchema>>()

function judgeAnswer(call: Call, json: Record<string, unknown>): string[] {
  const differences = judgeEnvelope(call, json)
  const check = checks.get(call) ?? compile(strict(call.answer))
  checks.set(call, check)
  const content = contentOf(call, json)
  const faults = [...check.Errors(content)].slice(0, 5)
  return [
    ...differences,
    ...faults.map(({ path, message, value }) => `${path || 'the answer'}: ${message}, not ${inWords(value)}`),
  ]
}

function judgeEnvelope(call: Call, json: Record<string, unknown>): string[] {
  const { errcode, errmsg, ...rest } = json
  const expected = {
    shakearound: [0, 'success.'],
    shakearound_list: [0, errmsg],
    lottery: [0, ''],
    shop: [0, 'ok'],
    token: [undefined, undefined],
  }
  const differences = differencesOf([errcode, errmsg], expected[call.family], 'errcode, errmsg')
  if (call.family === 'shakearound') differences.push(...differencesOf(Object.keys(rest), ['data'], 'members'))
  return differences
}

/** What a call answers, without its envelope. */
function contentOf({ family }: Call, json: unknown): unknown {
  if (!isObject(json)) return json
  if (family === 'shakearound') return json.data
  const { errcode: _, errmsg: __, ...content } = json
  return content
}

/** Whether a value has the members expected, and lists just the items expected; a function says itself what it takes. */
function differencesOf(actual: unknown, expected: unknown, path: string): string[] {
  if (typeof expected === 'function') return expected(actual) ? [] : [`${path}: ${inWords(actual)}`]
  if (!hasMembers(expected) || !hasMembers(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    if (isDeepStrictEqual(actual, expected)) return []
    return [`${path || 'the answer'}: ${inWords(actual)} instead of ${inWords(expected)}`]
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) {
    return [`${path || 'the answer'}: ${actual.length} items instead of ${expected.length}`]
  }
  return Object.entries(expected).flatMap(([name, value]) =>
    differencesOf(actual[name], value, path ? `${path}.${name}` : name),
  )
}

const EXCERPT_MAX = 200
const excerpt = (text: string) => (text.length > EXCERPT_MAX ? `${text.slice(0, EXCERPT_MAX)}…` : text)
const inWords = (value: unknown) => excerpt(JSON.stringify(value) ?? 'nothing')
