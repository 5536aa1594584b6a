import { ApiProblem } from '@shenpi/sdk/client'
import { useState } from 'react'
import { awaitSignIn } from '../../data/session.ts'
import { useExplain } from '../../parts/explain.ts'

/** Tries what only those may do who have signed in lately: they are asked to sign in again, and it goes on. */
export function useRecently() {
  const explain = useExplain()
  const [fault, setFault] = useState<string>()
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFault(undefined)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'session.not_recent')) return setFault(explain(error))
      await awaitSignIn()
      await attempt(work)
    }
  }
  return { attempt, fault }
}
