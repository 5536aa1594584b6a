import { Problem } from '../problem.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** How long one may take between two steps. Unit: milliseconds. */
export const CHALLENGE_MS = 5 * 60_000

type Step = 'second-factor' | 'totp' | 'passkey' | 'new-passkey' | 'oidc'

/** What the server must know at the next step, sealed: the browser brings it back. */
export function sealChallenge({ seal, clock }: SignInParts, step: Step, known: readonly string[]): string {
  return seal.seal(step, JSON.stringify([String(clock.machine() + CHALLENGE_MS), ...known]))
}

/** @throws Problem `sign_in.challenge_ended` when it is none of this step, or too old */
export function openChallenge({ seal, clock }: SignInParts, step: Step, challenge: string): string[] {
  const text = seal.open(step, challenge)
  const [endsAt, ...known] = text === undefined ? [] : JSON.parse(text).map(String)
  if (!(Number(endsAt) > clock.machine())) throw new Problem('sign_in.challenge_ended')
  return known
}
