import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import type { Expectation, FieldForm, Measure, ValueType } from '@shenpi/sdk/contract/states'

/** What of a request does not fit. It tells how much was sent, never a text that was. */
export interface Finding {
  /** Of the field, as `license[0]`; empty for the request as a whole. */
  path: string
  problem: ProblemCode
  expected: Expectation
  /** The limit, the type, the choices or the form that is expected. */
  limit: string | null
  seen: ValueType
  measure: number | null
  /** What limit and measure count; null: they are numbers that were sent. */
  unit: Measure | null
}

/**
 * A refusal that the caller can act on. Anything else that is thrown is a fault of ours or of the machine: it is logged
 * in full and answered as unavailable.
 *
 * @example
 * throw new Problem('batch.under_review')
 */
export class Problem extends Error {
  readonly code: ProblemCode
  /** For the native API and the log: what the caller needs to mend the request. Never on the wire. */
  readonly detail: string | undefined
  /** The wire's `errmsg`, where the platform puts values into it; otherwise that is the catalogue's text. */
  readonly wireText: string | undefined
  /** For programs: further members of the native API's answer. */
  readonly members: Readonly<Record<string, unknown>> | undefined
  /** For explaining the request: what was found, that which refuses it first. */
  findings: readonly Finding[] = []

  constructor(code: ProblemCode, detail?: string, wireText?: string, members?: Readonly<Record<string, unknown>>) {
    super(detail ? `${problemRow(code).message} ${detail}` : problemRow(code).message)
    this.name = 'Problem'
    this.code = code
    this.detail = detail
    this.wireText = wireText
    this.members = members
  }

  /** With what was found of the request. */
  about(findings: readonly Finding[]): this {
    this.findings = findings
    return this
  }
}

/** Tells both dialects why. */
export const problemOf = (code: ProblemCode, why: string): Problem =>
  new Problem(code, why, `${problemRow(code).message.replace(/\.$/, '')}: ${why}`)

/** Fields that this request cannot do without, although others of its call can. @param paths as `license[0]` */
export const missingFields = (code: ProblemCode, paths: readonly string[]): Problem =>
  new Problem(code, paths.join(', ')).about(
    paths.map((path) => {
      return { path, problem: code, expected: 'present', limit: null, seen: 'absent', measure: null, unit: null }
    }),
  )

/**
 * A field that the contract has passed, and that is not what it has to be.
 *
 * @param field its path as `license[0]`, and what it has to be: a form, or one of some numbers
 */
export function unfitting(
  code: ProblemCode,
  { path, ...expected }: { path: string } & ({ form: FieldForm } | { oneOf: readonly number[]; seen: number }),
): Problem {
  const of = { path, problem: code, unit: null } as const
  return new Problem(code, path).about([
    'form' in expected
      ? { ...of, expected: 'form', limit: expected.form, seen: 'text', measure: null }
      : { ...of, expected: 'one_of', limit: expected.oneOf.join(', '), seen: 'number', measure: expected.seen },
  ])
}

/** More than there can be, of something that no field of the request counts alone. */
export const tooMany = (code: ProblemCode, limit: number, measure: number | null, unit: Measure): Problem =>
  new Problem(code).about([
    { path: '', problem: code, expected: 'at_most', limit: `${limit}`, seen: 'number', measure, unit },
  ])
