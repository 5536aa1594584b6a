import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Nullable, Page, paging, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { STAFF_STATES } from '../states.ts'
import { Roles } from './keys.ts'
import { StaffName } from './own-account.ts'

const byName = Type.Object({ name: StaffName })

const StaffMember = Type.Object({
  name: StaffName,
  roles: Roles,
  state: OneOf(STAFF_STATES),
  created_at: Time,
  last_sign_in_at: Nullable(Time),
  has_password: Type.Boolean(),
  has_totp: Type.Boolean(),
  passkeys: Type.Integer(),
  has_oidc: Type.Boolean({ description: 'Whether the provider’s groups say what roles they have.' }),
  sessions: Type.Integer({ description: 'That go on.' }),
  failed_sign_ins: Type.Integer({ description: 'Since the last sign-in; of them the newest 20 are counted.' }),
  last_failed_at: Nullable(Time),
})

const OneTimeLink = Type.Object({
  id: Type.String(),
  name: StaffName,
  roles: Roles,
  link: Type.String({ description: 'Shown this once: whoever has it chooses the password.' }),
  expires_at: Time,
})

const OpenInvitation = Type.Object({
  id: Type.String(),
  name: StaffName,
  roles: Roles,
  invited_by: Type.String(),
  created_at: Time,
  expires_at: Time,
})

export const staffEndpoints = {
  listStaff: endpoint({
    method: 'GET',
    path: '/staff',
    access: 'staff.read',
    summary: 'List the staff, those who left too, in the order in which they came',
    query: Type.Object({ ...paging, state: Type.Optional(OneOf(STAFF_STATES)) }),
    answer: Page(StaffMember),
  }),
  inviteStaff: endpoint({
    method: 'POST',
    path: '/staff/invitations',
    access: 'staff.change',
    summary: 'Invite somebody by a link that is good for 24 hours and once; the answer shows it this once',
    status: 201,
    body: Type.Object({ name: StaffName, roles: Roles }),
    answer: OneTimeLink,
    problems: ['staff.name_taken', 'invitation.too_many', 'session.not_recent'],
  }),
  listInvitations: endpoint({
    method: 'GET',
    path: '/staff/invitations',
    access: 'staff.read',
    summary: 'List the invitations that nobody has accepted yet, at most 200, the newest first',
    answer: Type.Object({ items: Type.Array(OpenInvitation) }),
  }),
  withdrawInvitation: endpoint({
    method: 'DELETE',
    path: '/staff/invitations/{id}',
    access: 'staff.change',
    summary: 'Withdraw an invitation: its link leads nowhere any more',
    params: byId,
    answer: Type.Object({}),
    problems: ['invitation.unknown'],
  }),
  changeRoles: endpoint({
    method: 'PUT',
    path: '/staff/{name}/roles',
    access: 'staff.change',
    summary: 'Change the roles of a member of the staff; their sessions end',
    params: byName,
    body: Type.Object({ roles: Roles }),
    answer: StaffMember,
    problems: ['staff.unknown', 'staff.last_operator', 'staff.roles_by_provider', 'session.not_recent'],
  }),
  deactivateStaff: endpoint({
    method: 'POST',
    path: '/staff/{name}/deactivate',
    access: 'staff.change',
    summary: 'Let a member of the staff sign in no more; their sessions end, the trail keeps the name',
    params: byName,
    query: Type.Object({
      keys: Type.Optional(OneOf(['keep', 'revoke'], { description: 'The keys that they made. Default: `keep`.' })),
    }),
    answer: StaffMember,
    problems: ['staff.unknown', 'staff.last_operator'],
  }),
  reactivateStaff: endpoint({
    method: 'POST',
    path: '/staff/{name}/reactivate',
    access: 'staff.change',
    summary: 'Let a member of the staff sign in again',
    params: byName,
    answer: StaffMember,
    problems: ['staff.unknown', 'session.not_recent'],
  }),
  endStaffSessions: endpoint({
    method: 'POST',
    path: '/staff/{name}/end-sessions',
    access: 'staff.change',
    summary: 'End the sessions of a member of the staff: they sign in again',
    params: byName,
    answer: StaffMember,
    problems: ['staff.unknown'],
  }),
  resetStaff: endpoint({
    method: 'POST',
    path: '/staff/{name}/reset',
    access: 'staff.change',
    summary:
      'Take password, codes and passkeys away, end the sessions, and give a one-time link to choose a new password',
    params: byName,
    answer: OneTimeLink,
    problems: ['staff.unknown', 'staff.deactivated', 'staff.by_provider', 'session.not_recent'],
  }),
}

export type ApiStaffMember = Static<typeof StaffMember>
export type ApiOneTimeLink = Static<typeof OneTimeLink>
export type ApiOpenInvitation = Static<typeof OpenInvitation>
