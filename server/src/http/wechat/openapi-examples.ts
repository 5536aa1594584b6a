import type { Call } from '@shenpi/sdk/contract/call'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
// Cases of the wire, written by npm run examples -w server.
import examples from './openapi-examples.json' with { type: 'json' }

/** Examples as OpenAPI has them, by their names. */
export type Examples = Record<string, { summary: string; value: unknown }>

export interface CallExamples {
  /** Requests that are answered. */
  requests: Examples
  answers: Examples
  /** By its number, what is refused with it. */
  refusals: Record<string, string>
}

const EXAMPLES: Readonly<Record<string, CallExamples>> = examples

export const requestExamples = ({ path }: Call): Examples => EXAMPLES[path]?.requests ?? {}
export const answerExamples = ({ path }: Call): Examples => EXAMPLES[path]?.answers ?? {}

/** A request's members that stand in the query beside its body, and the body. */
export function inParts({ queried = [] }: Call, request: unknown): { query: object; body: unknown } {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return { query: {}, body: request }
  const pick = (isInQuery: boolean) =>
    Object.fromEntries(Object.entries(request).filter(([name]) => queried.includes(name) === isInQuery))
  return { query: pick(true), body: pick(false) }
}

/** By its number, a case of what a call refuses with it. */
export const refusalsOf = ({ path }: Call): CallExamples['refusals'] => EXAMPLES[path]?.refusals ?? {}

/** What a call says when it refuses, once a number. */
export function refusalExamples(call: Call, problems: readonly ProblemCode[]): Examples {
  const numbers = new Map(problems.map((code) => [problemRow(code).errcode, problemRow(code).message]))
  return Object.fromEntries(
    [...numbers].map(([errcode, message]) => {
      const value = { errcode, errmsg: `${message} rid: 69b62ec0-09059ac5-34a8e2ea` }
      return [`refused${errcode}`, { summary: refusalsOf(call)[String(errcode)] ?? message, value }]
    }),
  )
}
