import type { Language, Role, SignInWay } from '@shenpi/sdk/contract/states'

/** From where somebody signs in. */
export interface Visitor {
  address: string
  /** The address without what its owner may choose. */
  network: string
  /** The networks that one owner may have, as guesses are counted. */
  site: string
  userAgent: string
  /** Of the session that the browser has already. */
  token: string | undefined
}

/** A member of the staff at one browser. */
export interface Session extends Omit<Visitor, 'network' | 'site' | 'token'> {
  sessionId: number
  way: SignInWay
  createdAt: Date
  /** To about a minute. */
  lastUsedAt: Date
  endsAt: Date
  /** Sign-ins that failed since the one before. */
  failedBefore: number
}

/** Who is signed in, and how. */
export interface SignedIn {
  session: Session
  staff: { staffId: number; name: string; roles: readonly Role[]; language: Language | null }
}

/** How long sessions last. Unit: milliseconds. */
export interface SessionLimits {
  idleMs: number
  absoluteMs: number
  /** Those by the provider, which alone knows who has left. */
  byProviderMs: number
}

/** How long a session lasts at the most. Unit: milliseconds. */
export const lifetimeOf = ({ absoluteMs, byProviderMs }: SessionLimits, way: SignInWay): number =>
  way === 'oidc' ? Math.min(absoluteMs, byProviderMs) : absoluteMs

/** How long after a sign-in one may change how one signs in, as above: longer ago, somebody else may sit there. */
export const RECENT_MS = 15 * 60_000

export const isRecent = ({ createdAt }: Pick<Session, 'createdAt'>, now: number): boolean =>
  now - createdAt.getTime() < RECENT_MS
