import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { Problem } from '../../problem.ts'

/** An id that is a number. @throws Problem `otherwise` when it is none that any row has */
export function numberOf(id: string, otherwise: ProblemCode): number {
  if (!/^\d{1,15}$/.test(id)) throw new Problem(otherwise)
  return Number(id)
}
