import { isSignInCancelled } from '../data/session.ts'
import { useExplain } from './explain.ts'
import { notify } from './notice.ts'

/** Tells in passing why something failed. */
export function useFailureNotice(): (error: unknown) => void {
  const explain = useExplain()
  return (error) => {
    if (!isSignInCancelled(error)) notify({ look: 'failure', text: explain(error) })
  }
}
