import type { Access } from '@shenpi/sdk/contract/endpoint'
import { may, PERMISSIONS } from '@shenpi/sdk/contract/permissions'
import type { FastifyRequest } from 'fastify'
import { type Actor, NOBODY } from '../actors/actor.ts'
import type { KeyCheck } from '../keys/key-check.ts'
import { Problem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls the native API. */
    actor: Actor
  }
}

interface CallerParts {
  keys: KeyCheck
}

/**
 * Who calls, if the contract admits them.
 *
 * @throws Problem `api_key.invalid`, `session.required`, `permission.missing`
 */
export async function admit(parts: CallerParts, access: Access, request: FastifyRequest): Promise<Actor> {
  if (access === 'public') return NOBODY
  const actor = await callerOf(parts, request)
  if (access === 'signed_in') {
    if (actor.type !== 'staff') throw new Problem('session.required')
  } else if (!may(actor.roles, access)) {
    throw new Problem('permission.missing', `${access} is for: ${PERMISSIONS[access].join(', ')}.`)
  }
  return actor
}

/** @throws Problem `api_key.invalid` */
async function callerOf({ keys }: CallerParts, { headers }: FastifyRequest): Promise<Actor> {
  const key = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const actor = key && (await keys.find(key))
  if (!actor) throw new Problem('api_key.invalid')
  return actor
}
