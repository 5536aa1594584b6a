import { ApiProblem } from '@shenpi/sdk/client'
import { useState } from 'react'
import { useExplain } from '../../parts/explain.ts'

/** Tries what the client asks to sign in again for; whoever cancels that is where they were, and is told nothing. */
export function useRecently() {
  const explain = useExplain()
  const [fault, setFault] = useState<string>()
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFault(undefined)
    try {
      await work()
    } catch (error) {
      const isCancelled = error instanceof ApiProblem && error.code === 'session.not_recent'
      if (!isCancelled) setFault(explain(error))
    }
  }
  return { attempt, fault }
}
