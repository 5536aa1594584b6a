import { ROLES, type Role } from './states.ts'

/** What may be done, and the roles that may do it: the one table. An endpoint of the contract names what it needs. */
export const PERMISSIONS = {
  'application.read': ROLES,
  'application.claim': ['reviewer', 'lead'],
  'application.note': ['reviewer', 'lead'],
  'application.decide': ['reviewer', 'lead'],
  'application.reassign': ['lead'],
  'application.decide_in_bulk': ['lead'],
  'sample.read_agreement': ['lead', 'auditor'],
  'view.change_shared': ['lead'],
  'reason.read': ROLES,
  'reason.change': ['lead'],
  'account.read': ROLES,
  'account.change': ['operator'],
  'category.change': ['operator'],
  'delivery.read': ROLES,
  'delivery.replay': ['operator'],
  'application.export': ['operator'],
  'device.export': ['operator'],
  // What a merchant sent stands in them, of every account.
  'request.read': ['lead', 'operator', 'auditor'],
  'queue.read': ROLES,
  'health.read': ROLES,
  'device.shake': ['lead', 'operator'],
  'policy.read': ROLES,
  'policy.change': ['operator'],
  'trail.read': ['lead', 'operator', 'auditor'],
  'trail.verify': ['operator', 'auditor'],
  'trail.export': ['operator', 'auditor'],
  'dashboard.read': ROLES,
  'key.read': ['operator', 'auditor'],
  'key.change': ['operator'],
  'staff.read': ['lead', 'operator', 'auditor'],
  'staff.change': ['operator'],
  'sandbox.read': ROLES,
  'sandbox.control': ['lead', 'operator'],
  // Keys and tokens of every merchant stand in what is exported.
  'sandbox.transfer': ['operator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** Whether a permission is of the sandbox's powers: in production what needs it does not exist. */
export const isOfSandbox = (access: string): boolean => access.startsWith('sandbox.')

const isOneOf = (roles: readonly Role[], allowed: readonly Role[]) => roles.some((role) => allowed.includes(role))

/** Whether one of the roles has the permission. */
export const may = (roles: readonly Role[], permission: Permission): boolean => isOneOf(roles, PERMISSIONS[permission])

/** Every permission that the roles have together. */
export const permissionsOf = (roles: readonly Role[]): Permission[] =>
  PERMISSION_NAMES.filter((permission) => may(roles, permission))

const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name)

export const PERMISSION_NAMES: readonly Permission[] = Object.keys(PERMISSIONS).filter(isPermission)
