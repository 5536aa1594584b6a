import type { Call } from '@shenpi/sdk/contract/call'
import { fits } from '@shenpi/sdk/contract/check'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { type ConformanceCase, fill } from '../../conformance/conformance-case.ts'
import { STORIES } from '../../conformance/stories.ts'
import { PLACES } from '../../conformance/world.ts'
import { toAnswer } from './envelope.ts'

/** Examples as OpenAPI has them, by their names. */
export type Examples = Record<string, { summary: string; value: unknown }>

/** How many requests of a call are shown. */
const REQUESTS_MAX = 3

const CASES = STORIES.flatMap(({ cases }) => cases)
const answered = (call: Call) => CASES.filter((one) => one.call === call && one.errcode === undefined)

const toExamples = (of: readonly { name: string; value: unknown }[]): Examples =>
  Object.fromEntries(of.map(({ name, value }, index) => [`example${index + 1}`, { summary: name, value }]))

/** Requests of a call that are answered. */
export function requestExamples(call: Call): Examples {
  const requests = answered(call).filter(({ request }) => typeof request === 'object' && request !== null)
  return toExamples(
    requests.slice(0, REQUESTS_MAX).map(({ name, request }) => ({ name, value: fill(request, PLACES) })),
  )
}

/** Answers of a call, of those cases that state the whole of it. */
export function answerExamples(call: Call): Examples {
  const whole = answered(call).flatMap((one) => {
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

/** What a call says when it refuses, once a number. */
export function refusalExamples(call: Call, problems: readonly ProblemCode[]): Examples {
  const numbers = new Map(problems.map((code) => [problemRow(code).errcode, problemRow(code).message]))
  return Object.fromEntries(
    [...numbers].map(([errcode, message]) => {
      const shown = CASES.find((one: ConformanceCase) => one.call === call && one.errcode === errcode)
      const value = { errcode, errmsg: `${message} rid: 69b62ec0-09059ac5-34a8e2ea` }
      return [`refused${errcode}`, { summary: shown?.name ?? message, value }]
    }),
  )
}
