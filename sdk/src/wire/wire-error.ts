import type { WireCall } from '../contract/call.ts'
import { commonCallProblems } from '../contract/common-problems.ts'
import { PROBLEM_CODES, type ProblemCode, problemRow } from '../contract/problems.ts'

/** A refusal on the wire. */
export class WireError extends Error {
  /** The call's path. */
  readonly path: string
  readonly errcode: number
  /** As it was answered; empty where it was left out. */
  readonly errmsg: string
  /** The request's id, to ask the operator about; undefined where there was none. */
  readonly rid: string | undefined
  /** What it is called in the catalogue; undefined where it has no such row. */
  readonly problem: ProblemCode | undefined

  constructor(call: WireCall, { errcode, errmsg }: { errcode: number; errmsg: string }) {
    super(`${call.path}: ${errcode}${errmsg && ` ${errmsg.trim()}`}`)
    this.name = 'WireError'
    this.path = call.path
    this.errcode = errcode
    this.errmsg = errmsg
    this.rid = /\brid: ([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})/.exec(errmsg)?.[1]
    this.problem = toProblemCode(call, errcode)
  }
}

/** Several problems share a number; those that the call can refuse come first. */
function toProblemCode(call: WireCall, errcode: number): ProblemCode | undefined {
  return [...call.problems, ...commonCallProblems(call), ...PROBLEM_CODES].find(
    (code) => problemRow(code).errcode === errcode,
  )
}

/** The platform is busy, and a repeat may help. */
export const BUSY_ERRCODE = -1
/** Unknown or replaced, malformed, and expired. Source: docs/protocol/platform.md, life of a token. */
const TOKEN_ERRCODES: readonly number[] = [40001, 40014, 42001]

export const refusesToken = (error: unknown): boolean =>
  error instanceof WireError && TOKEN_ERRCODES.includes(error.errcode)
