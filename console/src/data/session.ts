import { ApiProblem } from '@shenpi/sdk/client'

/** Somebody's session ended while they worked: what was asked waits until they have signed in again. */
interface Waiting {
  promise: Promise<void>
  resolve: () => void
}

const listeners = new Set<() => void>()
let waiting: Waiting | undefined

export const isSignInAwaited = (): boolean => waiting !== undefined

export function listenToSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const isSessionEnd = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401

/** What gives others or oneself a way in is done only by who has signed in lately: they sign in again, and go on. */
export const isSignInWanted = (error: unknown): boolean =>
  isSessionEnd(error) || (error instanceof ApiProblem && error.code === 'session.not_recent')

/** Settles when somebody has signed in again. */
export function awaitSignIn(): Promise<void> {
  waiting ??= Promise.withResolvers<void>()
  tell()
  return waiting.promise
}

/** They have: go on. */
export function signedInAgain(): void {
  waiting?.resolve()
  waiting = undefined
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}
