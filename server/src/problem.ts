import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'

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

  constructor(code: ProblemCode, detail?: string, wireText?: string, members?: Readonly<Record<string, unknown>>) {
    super(detail ? `${problemRow(code).message} ${detail}` : problemRow(code).message)
    this.name = 'Problem'
    this.code = code
    this.detail = detail
    this.wireText = wireText
    this.members = members
  }
}

/** Tells both dialects why. */
export const problemOf = (code: ProblemCode, why: string): Problem =>
  new Problem(code, why, `${problemRow(code).message}: ${why}`)
