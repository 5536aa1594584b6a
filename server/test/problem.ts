import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { Problem } from '../src/problem.ts'

/** For `assert.throws` and `assert.rejects`: the refusal with this code, and no other error. */
export const problem =
  (code: ProblemCode) =>
  (error: unknown): boolean => {
    if (!(error instanceof Problem) || error.code !== code) throw error
    return true
  }
