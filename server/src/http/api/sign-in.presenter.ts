import type { ApiInvitation, ApiOwnAccount, ApiPasskey, ApiSession } from '@shenpi/sdk/contract/api'
import { isOfSandbox, permissionsOf } from '@shenpi/sdk/contract/permissions'
import type { Services } from '../../services.ts'
import { countRecoveryCodes, type Passkey } from '../../sign-in/credential.store.ts'
import type { Invitation } from '../../staff/invitation.store.ts'
import { isRecent, type Session, type SignedIn } from '../../staff/sessions/session.ts'
import { getStaff } from '../../staff/staff.store.ts'

export const toSession = (session: Session, ownId: number): ApiSession => ({
  id: String(session.sessionId),
  is_this: session.sessionId === ownId,
  way: session.way,
  created_at: session.createdAt.toISOString(),
  last_used_at: session.lastUsedAt.toISOString(),
  ends_at: session.endsAt.toISOString(),
  address: session.address,
  user_agent: session.userAgent,
})

/** Who is signed in, read anew. Outside a sandbox nobody may do what needs one. */
export async function toOwnAccount(
  { db, clock, sandbox }: Pick<Services, 'db' | 'clock' | 'sandbox'>,
  { session, staff }: SignedIn,
): Promise<ApiOwnAccount> {
  const { name, roles, language, passwordHash, totpSealed, oidcSubject } = await getStaff(db, staff.staffId)
  return {
    name,
    roles: [...roles],
    permissions: permissionsOf(roles).filter((permission) => sandbox || !isOfSandbox(permission)),
    language,
    has_password: passwordHash !== null,
    has_totp: totpSealed !== null,
    has_oidc: oidcSubject !== null,
    recovery_codes_left: await countRecoveryCodes(db, staff.staffId),
    session: toSession(session, session.sessionId),
    failed_sign_ins: session.failedBefore,
    is_recent: isRecent(session, clock.machine()),
  }
}

export const toInvitation = ({ purpose, name, roles, expiresAt }: Invitation): ApiInvitation => ({
  purpose,
  name,
  roles: [...roles],
  expires_at: expiresAt.toISOString(),
})

export const toPasskey = ({ passkeyId, label, createdAt, lastUsedAt }: Passkey): ApiPasskey => ({
  id: String(passkeyId),
  label,
  created_at: createdAt.toISOString(),
  last_used_at: lastUsedAt?.toISOString() ?? null,
})
