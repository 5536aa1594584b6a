import assert from 'node:assert/strict'
import { ApiProblem } from '@shenpi/sdk/client'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { Problem } from '../src/problem.ts'

/** For `assert.throws` and `assert.rejects`: the refusal with this code, and no other error. */
export const problem =
  (code: ProblemCode) =>
  (error: unknown): boolean => {
    if (!(error instanceof Problem) || error.code !== code) throw error
    return true
  }

/** The same for a refusal by the native API. */
export const apiProblem =
  (code: ProblemCode, status: number) =>
  (error: unknown): boolean => {
    if (!(error instanceof ApiProblem)) throw error
    assert.deepEqual([error.code, error.status], [code, status])
    return true
  }
