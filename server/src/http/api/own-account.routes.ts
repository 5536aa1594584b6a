import { api } from '@shenpi/sdk/contract/api'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { changePassword } from '../../sign-in/change-password.ts'
import { listPasskeys } from '../../sign-in/credential.store.ts'
import { addPasskey, beginPasskey, removePasskey } from '../../sign-in/passkeys.ts'
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from '../../sign-in/totp-enrolment.ts'
import { listFailedSignIns } from '../../staff/failed-sign-in.store.ts'
import { listResets } from '../../staff/list-resets.ts'
import { endOtherSessions, endOwnSession } from '../../staff/sessions/end-own-sessions.ts'
import { listSessions } from '../../staff/sessions/session.store.ts'
import type { SignedIn } from '../../staff/sessions/session.ts'
import { getStaff, saveLanguage } from '../../staff/staff.store.ts'
import { signedInOf } from '../caller.ts'
import { originOf } from '../session-cookie.ts'
import { visitorOf } from '../visitor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { numberOf } from './number-of.ts'
import { assertRecent } from './recent-sign-in.ts'
import { toOwnAccount, toPasskey, toSession } from './sign-in.presenter.ts'

export function ownAccountRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock } = services

  /** @throws Problem `session.not_recent` */
  function recentOf(request: FastifyRequest): SignedIn {
    assertRecent(request, clock.machine())
    return signedInOf(request)
  }

  serve(api.getOwnAccount, async ({ reply }) => await toOwnAccount(services, signedInOf(reply.request)))

  serve(api.setOwnLanguage, async ({ body: { language }, reply }) => {
    const signedIn = signedInOf(reply.request)
    await saveLanguage(db, signedIn.staff.staffId, language)
    return await toOwnAccount(services, signedIn)
  })

  serve(api.listOwnSessions, async ({ reply }) => {
    const { session, staff } = signedInOf(reply.request)
    const { limits } = await services.signIn()
    const now = clock.machine()
    const sessions = await listSessions(db, staff.staffId, { now, usedAfter: now - limits.idleMs })
    const failed = await listFailedSignIns(db, staff.staffId)
    const resets = await listResets(db, staff.name)
    return {
      items: sessions.map((one) => toSession(one, session.sessionId)),
      failed_sign_ins: failed.map(({ at, way, address, userAgent }) => ({
        at: at.toISOString(),
        way,
        address,
        user_agent: userAgent,
      })),
      resets: resets.map(({ at, by }) => ({ at: at.toISOString(), by })),
    }
  })

  serve(api.endOwnSession, async ({ params, reply }) => {
    const sessionId = numberOf(params.id, 'session.unknown')
    const isEnded = await endOwnSession(await services.signIn(), signedInOf(reply.request), sessionId)
    if (!isEnded) throw new Problem('session.unknown')
    return {}
  })

  serve(api.endOtherSessions, async ({ reply }) => {
    return { ended: await endOtherSessions(await services.signIn(), signedInOf(reply.request)) }
  })

  serve(api.changeOwnPassword, async ({ body: { current, password }, reply: { request } }) => {
    const signedIn = signedInOf(request)
    const { passwordHash } = await getStaff(db, signedIn.staff.staffId)
    if (passwordHash === null) recentOf(request)
    const { site } = visitorOf(request)
    await changePassword(await services.signIn(), signedIn, { current: current ?? '', password, site })
    return await toOwnAccount(services, signedIn)
  })

  serve(api.beginTotp, async ({ reply }) => beginTotp(await services.signIn(), recentOf(reply.request).staff))

  serve(api.confirmTotp, async ({ body, reply }) => {
    const { staff } = recentOf(reply.request)
    return { recovery_codes: await confirmTotp(await services.signIn(), staff.staffId, body) }
  })

  serve(api.removeTotp, async ({ reply }) => {
    const signedIn = recentOf(reply.request)
    await removeTotp(await services.signIn(), signedIn.staff.staffId)
    return await toOwnAccount(services, signedIn)
  })

  serve(api.renewRecoveryCodes, async ({ reply }) => {
    const { staff } = recentOf(reply.request)
    return { recovery_codes: await renewRecoveryCodes(await services.signIn(), staff.staffId) }
  })

  serve(api.listOwnPasskeys, async ({ reply }) => {
    const { staff } = signedInOf(reply.request)
    return { items: (await listPasskeys(db, staff.staffId)).map(toPasskey) }
  })

  serve(api.beginPasskey, async ({ reply: { request } }) => {
    return await beginPasskey(await services.signIn(), recentOf(request).staff, originOf(services, request))
  })

  serve(api.addPasskey, async ({ body, reply: { request } }) => {
    const origin = originOf(services, request)
    return toPasskey(await addPasskey(await services.signIn(), recentOf(request).staff, body, origin))
  })

  serve(api.removePasskey, async ({ params, reply }) => {
    const { staff } = recentOf(reply.request)
    await removePasskey(await services.signIn(), staff, numberOf(params.id, 'passkey.unknown'))
    return {}
  })
}
