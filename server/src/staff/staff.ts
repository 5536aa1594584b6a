import type { Language, Role, StaffState } from '@shenpi/sdk/contract/states'

/** A member of the staff. */
export interface Staff {
  staffId: number
  /** Unique for good, as the trail names who acted. */
  name: string
  roles: readonly Role[]
  state: StaffState
  language: Language | null
  createdAt: Date
  lastSignInAt: Date | null
  /** Null: signs in by other ways. */
  passwordHash: string | null
  totpSealed: string | null
  /** Of the last code that was taken. */
  totpStep: number
  oidcSubject: string | null
}

/** A name as it is compared: letters are as good as capitals, and full-width as half-width. */
export const toNameKey = (name: string): string => name.normalize('NFKC').toLowerCase()

/** The least length of a password, in characters. Source: NIST SP 800-63B-4, 3.1.1.2, rounded down for a second factor. */
const PASSWORD_MIN = 12

/** @returns why a password will not do, in words; nothing where it will */
export function weaknessOf(password: string, name: string): string | undefined {
  if ([...password].length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters.`
  if (new Set(password).size < 5) return 'Use more different characters.'
  return toNameKey(password).includes(toNameKey(name)) && name.length > 3 ? 'Leave your name out.' : undefined
}
