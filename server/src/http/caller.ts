import type { Access } from '@shenpi/sdk/contract/endpoint'
import { may, PERMISSIONS } from '@shenpi/sdk/contract/permissions'
import type { FastifyRequest } from 'fastify'
import { type Actor, NOBODY } from '../actors/actor.ts'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'
import type { SignedIn } from '../staff/sessions/session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls the native API. */
    actor: Actor
    /** How a member of the staff is signed in. */
    signedIn?: SignedIn
  }
}

type CallerParts = Pick<Services, 'config' | 'keys' | 'signIn'>

/**
 * Who calls, if the contract admits them.
 *
 * @throws Problem `api_key.invalid`, `session.ended`, `session.required`, `request.cross_site`, `permission.missing`
 */
export async function admit(parts: CallerParts, access: Access, request: FastifyRequest): Promise<Actor> {
  if (access === 'public') {
    // Who signs in by it gets a cookie: no other site may sign somebody in as whom it likes.
    if (request.method !== 'GET') (await loadCookies()).refuseCrossSite(parts, request, { isProven: false })
    return NOBODY
  }
  const actor = await callerOf(parts, request)
  if (access === 'signed_in') {
    if (actor.type !== 'staff') throw new Problem('session.required')
  } else if (!may(actor.roles, access)) {
    throw new Problem('permission.missing', `${access} is for: ${PERMISSIONS[access].join(', ')}.`)
  }
  return actor
}

/** By the first browser: a server that programs alone call does without. */
const loadCookies = () => import('./session-cookie.ts')

/** How whoever calls an endpoint for the signed in is signed in. */
export function signedInOf({ signedIn }: FastifyRequest): SignedIn {
  if (!signedIn) throw new Problem('session.ended')
  return signedIn
}

/** A key where one is sent, or else a session. @throws Problem `api_key.invalid`, `session.ended`, `request.cross_site` */
async function callerOf(parts: CallerParts, request: FastifyRequest): Promise<Actor> {
  const { authorization, cookie } = request.headers
  const isByCookie = authorization === undefined && cookie !== undefined
  const token = isByCookie ? (await loadCookies()).sessionTokenOf(request) : undefined
  if (token !== undefined) return await memberOf(parts, request, token)
  const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  const actor = key && (await parts.keys.find(key))
  if (!actor) throw new Problem('api_key.invalid')
  return actor
}

/** @throws Problem `session.ended`, `request.cross_site` */
async function memberOf(parts: CallerParts, request: FastifyRequest, token: string): Promise<Actor> {
  const { sessions } = await parts.signIn()
  const signedIn = await sessions.find(token)
  if (!signedIn) throw new Problem('session.ended')
  if (request.method !== 'GET') (await loadCookies()).refuseCrossSite(parts, request, { isProven: true })
  request.signedIn = signedIn
  const { staffId, name, roles } = signedIn.staff
  return { type: 'staff', staffId, name, roles }
}
