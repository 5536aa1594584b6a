import { ApiProblem } from '@shenpi/sdk/client'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { useState } from 'react'
import { isSignInCancelled } from '../data/session.ts'
import { useExplain } from './explain.ts'

/** What is wrong, by the field at which it is said; of `form` is what concerns no field. */
export type Faults = Partial<Record<string, string>>

/** Which field a refusal is about. */
export type FaultPlaces = Partial<Record<ProblemCode, string>>

/** What is wrong with a form: what the page finds before it sends, and what the server refuses. */
export function useFaults(at: FaultPlaces = {}) {
  const explain = useExplain()
  const [faults, setFaults] = useState<Faults>({})
  const refuse = (error: unknown) => {
    const field = (error instanceof ApiProblem && at[error.code]) || 'form'
    setFaults(isSignInCancelled(error) ? {} : { [field]: explain(error) })
  }
  return { faults, setFaults, refuse }
}
