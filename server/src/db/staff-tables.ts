import type { InvitationPurpose, Language, SignInWay, StaffState } from '@shenpi/sdk/contract/states'
import type { Generated } from 'kysely'
import type { Fixed, Json, Time } from './columns.ts'

/** Who works here, what they sign in with, and their sessions: of the installation, of no account. */
export interface StaffTables {
  staff: {
    staff_id: Generated<number>
    name: Fixed<string>
    /** The name as it is compared: two that differ only in how they are written are one. Never given out again. */
    name_key: Fixed<string>
    /** JSON array. */
    roles: Json
    state: StaffState
    language: Language | null
    created_at: Fixed<Time>
    last_sign_in_at: Time | null
    /** With the parameters that it was made with; null: signs in by other ways. */
    password_hash: string | null
    /** The secret of the authenticator app, sealed. */
    totp_sealed: string | null
    /** The step of the last code that was taken: only later ones are good. */
    totp_step: number
    /** Issuer and subject, parted by a blank. */
    oidc_subject: string | null
  }
  staff_passkey: {
    passkey_id: Generated<number>
    credential_id: Fixed<string>
    staff_id: Fixed<number>
    public_key: Fixed<string>
    counter: number
    /** JSON array. */
    transports: Fixed<Json>
    label: Fixed<string>
    created_at: Fixed<Time>
    last_used_at: Time | null
  }
  /** Those that are left. */
  staff_recovery_code: {
    staff_id: Fixed<number>
    code_hash: Fixed<string>
  }
  /** Sessions; one that ended is kept for a while, because it tells from where somebody signed in before. */
  staff_session: {
    session_id: Generated<number>
    token_hash: Fixed<string>
    staff_id: Fixed<number>
    way: Fixed<SignInWay>
    address: Fixed<string>
    /** The address without the part that its owner may choose. */
    network: Fixed<string>
    user_agent: Fixed<string>
    created_at: Fixed<Time>
    last_used_at: Time
    ends_at: Fixed<Time>
    ended_at: Time | null
    /** Sign-ins that failed since the one before. */
    failed_before: Fixed<number>
  }
  /** One-time links that are open. */
  staff_invitation: {
    invitation_id: Generated<number>
    token_hash: Fixed<string>
    purpose: Fixed<InvitationPurpose>
    /** Null: whoever accepts it chooses. */
    name: Fixed<string | null>
    name_key: Fixed<string | null>
    /** JSON array. */
    roles: Fixed<Json>
    invited_by: Fixed<string>
    created_at: Fixed<Time>
    expires_at: Fixed<Time>
  }
  /** A choice of the queue's filters under a name. */
  saved_view: {
    view_no: Generated<number>
    /** Whose it is; 0: of all. */
    staff_id: Fixed<number>
    name: string
    /** The name as it is compared. */
    name_key: string
    filters: Json
    /** Who made it, or changed it last. */
    actor: string
    changed_at: Time
  }
  failed_sign_in: {
    failed_id: Generated<number>
    staff_id: Fixed<number>
    at: Fixed<Time>
    way: Fixed<SignInWay>
    address: Fixed<string>
    user_agent: Fixed<string>
  }
  /** How often somebody guessed wrong, by whom and from where. */
  sign_in_limit: {
    limit_key: Fixed<string>
    wrong: number
    last_at: Time
  }
  /** Challenges of passkeys that were answered: each is good once. */
  spent_challenge: {
    challenge_hash: Fixed<string>
    expires_at: Fixed<Time>
  }
}
