import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call } from '@shenpi/sdk/contract/call'
import { fits } from '@shenpi/sdk/contract/check'
import { wire } from '@shenpi/sdk/contract/wire'
import type { ConformanceCase } from 'shenpi-conformance/case'
import { fill } from 'shenpi-conformance/fill'
import { STORIES } from 'shenpi-conformance/stories'
import { PLACES } from 'shenpi-conformance/world/places'
import { toAnswer } from '../src/http/wechat/envelope.ts'
import type { CallExamples, Examples } from '../src/http/wechat/openapi-examples.ts'

// npm run examples -w server: write the examples of /openapi.json, which are cases of the wire; a test tells when they
// are out of date.

export const EXAMPLES_PATH = join(import.meta.dirname, '../src/http/wechat/openapi-examples.json')

/** How many requests of a call are shown. */
const REQUESTS_MAX = 3

const CASES = STORIES.flatMap(({ cases }) => cases)

/** The examples of every call, by its path. */
export function openApiExamples(): string {
  const calls = Object.values(wire).flatMap((subject) => Object.values<Call>(subject))
  return `${JSON.stringify(Object.fromEntries(calls.map((call) => [call.path, examplesOf(call)])), null, 2)}\n`
}

function examplesOf(call: Call): CallExamples {
  const cases = CASES.filter((one) => one.call === call)
  const answered = cases.filter(({ errcode }) => errcode === undefined)
  const refused = cases.filter(({ errcode }) => errcode !== undefined)
  return {
    requests: requestExamples(answered),
    answers: answerExamples(call, answered),
    refusals: Object.fromEntries(refused.toReversed().map(({ errcode, name }) => [errcode, name])),
  }
}

const toExamples = (of: readonly { name: string; value: unknown }[]): Examples =>
  Object.fromEntries(of.map(({ name, value }, index) => [`example${index + 1}`, { summary: name, value }]))

function requestExamples(answered: readonly ConformanceCase[]): Examples {
  const requests = answered.filter(({ request }) => typeof request === 'object' && request !== null)
  return toExamples(
    requests.slice(0, REQUESTS_MAX).map(({ name, request }) => ({ name, value: fill(request, PLACES) })),
  )
}

/** Answers of those cases that state the whole of one. */
function answerExamples(call: Call, answered: readonly ConformanceCase[]): Examples {
  const whole = answered.flatMap((one) => {
    const answer = fill(wholeAnswer(one), PLACES) as object
    return fits(call.answer, answer) ? [{ name: one.name, value: toAnswer(call.family, answer) }] : []
  })
  return toExamples(whole.slice(0, 1))
}

/** What a case states of its answer, and what it keeps of it. */
function wholeAnswer({ answer, keep = {} }: ConformanceCase): unknown {
  const whole = structuredClone(answer ?? {}) as Record<string, unknown>
  for (const [place, path] of Object.entries(keep)) {
    const names = path.split('.')
    const last = names.pop() as string
    const parent = names.reduce<Record<string, unknown>>((of, name) => {
      of[name] ??= {}
      return of[name] as Record<string, unknown>
    }, whole)
    parent[last] = `{${place}}`
  }
  return whole
}

if (import.meta.main) writeFileSync(EXAMPLES_PATH, openApiExamples())
