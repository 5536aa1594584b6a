import type { ApiOneTimeLink, ApiOpenInvitation, ApiStaffMember } from '@shenpi/sdk/contract/api'
import type { Invitation } from '../../staff/invitation.store.ts'
import { type OneTimeLink, toLink } from '../../staff/one-time-link.store.ts'
import type { StaffMember } from '../../staff/staff-member.store.ts'

export const toStaffMember = (staff: StaffMember): ApiStaffMember => ({
  name: staff.name,
  roles: [...staff.roles],
  state: staff.state,
  created_at: staff.createdAt.toISOString(),
  last_sign_in_at: staff.lastSignInAt?.toISOString() ?? null,
  has_password: staff.passwordHash !== null,
  has_totp: staff.totpSealed !== null,
  passkeys: staff.passkeys,
  has_oidc: staff.oidcSubject !== null,
  sessions: staff.sessions,
  failed_sign_ins: staff.failedSignIns,
  last_failed_at: staff.lastFailedAt?.toISOString() ?? null,
})

export const toOneTimeLink = (
  { invitationId, name, roles, token, expiresAt }: OneTimeLink,
  publicUrl: string,
): ApiOneTimeLink => ({
  id: String(invitationId),
  name: name ?? '',
  roles: [...roles],
  link: toLink(publicUrl, token),
  expires_at: expiresAt.toISOString(),
})

export const toOpenInvitation = (invitation: Invitation): ApiOpenInvitation => ({
  id: String(invitation.invitationId),
  name: invitation.name ?? '',
  roles: [...invitation.roles],
  invited_by: invitation.invitedBy,
  created_at: invitation.createdAt.toISOString(),
  expires_at: invitation.expiresAt.toISOString(),
})
