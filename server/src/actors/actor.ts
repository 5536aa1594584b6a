import type { Role } from '@shenpi/sdk/contract/states'

/** A member of the staff, signed in. */
export interface StaffActor {
  type: 'staff'
  staffId: number
  name: string
  roles: readonly Role[]
}

/** A program with a key of the native API. */
export interface KeyActor {
  type: 'key'
  name: string
  roles: readonly Role[]
}

/** Who acts: told once, at the edge. `nobody`: whoever calls what is for everybody. */
export type Actor = StaffActor | KeyActor | { type: 'nobody'; name: ''; roles: readonly Role[] }

export const NOBODY: Actor = { type: 'nobody', name: '', roles: [] }

/** An actor as the audit trail has it. @example 'staff:李雷', 'key:first' */
export const actorName = ({ type, name }: Actor): string => (name ? `${type}:${name}` : type)

/** What tells an actor from every other: two people may have the same name. @example 'staff:12', 'key:first' */
export const actorKey = (actor: Actor): string => (actor.type === 'staff' ? `staff:${actor.staffId}` : actorName(actor))
