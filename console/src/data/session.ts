import { ApiProblem } from '@shenpi/sdk/client'

/** Somebody's session ended while they worked, or is too old for what they want: that waits for the next sign-in. */
interface Waiting extends PromiseWithResolvers<boolean> {
  /** Nothing hangs on it but what the person was about to do. */
  isOptional: boolean
}

const listeners = new Set<() => void>()
let waiting: Waiting | undefined

export const isSignInAwaited = (): boolean => waiting !== undefined
export const isSignInOptional = (): boolean => waiting?.isOptional === true

export function listenToSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Not every 401: a wrong code is for the field that it was typed into. */
export const isSessionEnd = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.code === 'session.ended' || error.code === 'api_key.invalid')

/** What gives others or oneself a way in is done only by who has signed in lately: they sign in again, and go on. */
export const isSignInWanted = (error: unknown): boolean => isSessionEnd(error) || isSignInCancelled(error)

/** Whoever cancelled that is where they were, and has nothing to be told: a call fails with it only then. */
export const isSignInCancelled = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'session.not_recent'

/**
 * Settles when somebody has signed in again.
 *
 * @param isOptional whether they may cancel it
 * @returns whether they did sign in
 */
export function awaitSignIn({ isOptional = false } = {}): Promise<boolean> {
  waiting ??= { ...Promise.withResolvers<boolean>(), isOptional }
  waiting.isOptional &&= isOptional
  tell()
  return waiting.promise
}

export function cancelSignIn(): void {
  waiting?.resolve(false)
  waiting = undefined
  tell()
}

/** They have: go on. */
export function signedInAgain(): void {
  waiting?.resolve(true)
  waiting = undefined
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}
