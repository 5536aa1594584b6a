import { api } from '@shenpi/sdk/contract/api'
import type { FastifyReply } from 'fastify'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { acceptInvitation, followInvitation } from '../../sign-in/accept-invitation.ts'
import { signInAsDemo } from '../../sign-in/sign-in-as-demo.ts'
import { signInWithCode } from '../../sign-in/sign-in-with-code.ts'
import { beginPasskeySignIn, signInWithPasskey } from '../../sign-in/sign-in-with-passkey.ts'
import { signInWithPassword } from '../../sign-in/sign-in-with-password.ts'
import { hasOperator } from '../../staff/one-time-link.store.ts'
import { endOwnSession } from '../../staff/sessions/end-own-sessions.ts'
import { signedInOf } from '../caller.ts'
import { giveSession, originOf, refuseInsecure, sessionTokenOf } from '../session-cookie.ts'
import { isFromThisMachine, visitorOf } from '../visitor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toInvitation, toOwnAccount } from './sign-in.presenter.ts'

const OIDC_PATH = '/api/v1/sign-in/oidc'

export function signInRoutes(serve: ServeEndpoint, services: Services): void {
  const { config, db } = services

  /** The answer to whoever has signed in, with the cookie. */
  async function welcome(reply: FastifyReply, token: string) {
    const signIn = await services.signIn()
    const signedIn = await signIn.sessions.find(token)
    if (!signedIn) throw new Problem('sign_in.refused')
    giveSession(reply, token, signIn.limits.absoluteMs)
    return { step: 'signed_in' as const, challenge: null, account: await toOwnAccount(services, signedIn) }
  }

  serve(api.getSignInWays, async ({ reply: { request } }) => ({
    has_staff: await hasOperator(db),
    demo: config.sandboxStaff === 'demo' && isFromThisMachine(request),
    oidc: config.oidc ? { label: config.oidc.label, path: OIDC_PATH } : null,
  }))

  serve(api.getSession, async ({ reply: { request } }) => {
    const token = sessionTokenOf(request)
    const signedIn = token && (await (await services.signIn()).sessions.find(token))
    return { account: signedIn ? await toOwnAccount(services, signedIn) : null }
  })

  serve(api.signInWithPassword, async ({ body, reply }) => {
    refuseInsecure(reply.request)
    const result = await signInWithPassword(await services.signIn(), body, visitorOf(reply.request))
    if ('token' in result) return await welcome(reply, result.token)
    return { step: 'second_factor' as const, challenge: result.challenge, account: null }
  })

  serve(api.signInWithTotp, async ({ body: { challenge, code }, reply }) => {
    refuseInsecure(reply.request)
    const signIn = await services.signIn()
    const typed = { way: 'totp', code } as const
    return await welcome(reply, await signInWithCode(signIn, challenge, typed, visitorOf(reply.request)))
  })

  serve(api.signInWithRecoveryCode, async ({ body: { challenge, code }, reply }) => {
    refuseInsecure(reply.request)
    const signIn = await services.signIn()
    const typed = { way: 'recovery_code', code } as const
    return await welcome(reply, await signInWithCode(signIn, challenge, typed, visitorOf(reply.request)))
  })

  serve(api.beginPasskeySignIn, async ({ reply: { request } }) => {
    refuseInsecure(request)
    return await beginPasskeySignIn(await services.signIn(), originOf(services, request))
  })

  serve(api.signInWithPasskey, async ({ body, reply }) => {
    refuseInsecure(reply.request)
    const origin = originOf(services, reply.request)
    return await welcome(
      reply,
      await signInWithPasskey(await services.signIn(), body, origin, visitorOf(reply.request)),
    )
  })

  serve(api.signInAsDemo, async ({ reply }) => {
    refuseInsecure(reply.request)
    if (config.sandboxStaff !== 'demo' || !isFromThisMachine(reply.request)) throw new Problem('sign_in.way_closed')
    return await welcome(reply, await signInAsDemo(await services.signIn(), visitorOf(reply.request)))
  })

  serve(api.readInvitation, async ({ body: { token }, reply }) => {
    const visitor = visitorOf(reply.request)
    const invitation = await followInvitation(await services.signIn(), token, visitor)
    return { invitation: invitation ? toInvitation(invitation) : null }
  })

  serve(api.acceptInvitation, async ({ body: { token, name, password, language }, reply }) => {
    refuseInsecure(reply.request)
    const choice = { name, password, language }
    const signIn = await services.signIn()
    return await welcome(reply, await acceptInvitation(signIn, token, choice, visitorOf(reply.request)))
  })

  serve(api.signOut, async ({ reply }) => {
    const signedIn = signedInOf(reply.request)
    await endOwnSession(await services.signIn(), signedIn, signedIn.session.sessionId)
    giveSession(reply, '', 0)
    return {}
  })
}
