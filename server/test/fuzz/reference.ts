import fc from 'fast-check'

/** What the server gave out and later requests name: by a number, a link or a text. */
export type ReferenceKind =
  | 'account'
  | 'newcomer'
  | 'device'
  | 'page'
  | 'group'
  | 'batch'
  | 'store'
  | 'audit'
  | 'ticket'
  | 'lottery'
  | 'rid'
  | 'icon'
  | 'license'
  | 'picture'
  | 'photo'
  | 'application'
  | 'open_application'
  | 'delivery'
  | 'category'
  | 'day'
  | 'site'
  | 'callback'
  | 'application_picture'
  | 'bulk'
  | 'approved_batch'
  | 'scheduled'
  | 'sample'
  | 'reason'
  | 'policy'
  | 'own_view'
  | 'shared_view'
  | 'key'
  | 'leaver'
  | 'invitation'
  | 'session'
  | 'passkey'
  | 'new_passkey'
  | 'used_passkey'
  | 'new_totp'
  | 'second_factor'
  | `cursor ${string}`

/**
 * A place in a generated request for a resource that exists. It is chosen when the request is written, so that what
 * is generated follows from the seed alone.
 */
export class Reference {
  readonly kind: ReferenceKind
  /** What of it: its number, its link, its secret. */
  readonly member: string
  /** Which one: the same number is the same one, all through a request. */
  readonly pick: number
  /** The caller's, or another account's. */
  readonly whose: 'own' | 'other'

  constructor(kind: ReferenceKind, member: string, pick: number, whose: 'own' | 'other' = 'own') {
    this.kind = kind
    this.member = member
    this.pick = pick
    this.whose = whose
  }
}

/** Small numbers are more frequent, so that one request uses what another one made. */
export const picks: fc.Arbitrary<number> = fc.oneof(fc.nat(3), fc.nat(15), fc.nat(63))

export const owners: fc.Arbitrary<'own' | 'other'> = fc.oneof(
  { weight: 9, arbitrary: fc.constant('own' as const) },
  { weight: 1, arbitrary: fc.constant('other' as const) },
)

export function reference(kind: ReferenceKind, member: string = kind): fc.Arbitrary<Reference> {
  return fc.tuple(picks, owners).map(([pick, whose]) => new Reference(kind, member, pick, whose))
}

/** Replace every reference in a value; a member whose resource does not exist yet is left out. */
export function fill(value: unknown, find: (reference: Reference) => unknown): unknown {
  if (value instanceof Reference) return find(value)
  if (Array.isArray(value)) return value.map((item) => fill(item, find))
  if (typeof value !== 'object' || value === null) return value
  const filled: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const found = fill(member, find)
    if (found !== undefined) filled[name] = found
  }
  return filled
}
