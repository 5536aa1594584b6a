import type { Role } from '@shenpi/sdk/contract/states'

/** An OpenID Connect provider, and what its groups may do here. */
export interface OidcConfig {
  issuer: string
  clientId: string
  clientSecret: string | undefined
  /** The claims that hold a member's groups and name. */
  groupsClaim: string
  nameClaim: string
  /** By group. */
  roles: ReadonlyMap<string, readonly Role[]>
  /** What the console calls it. */
  label: string
}
