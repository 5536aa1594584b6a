import { api } from '@shenpi/sdk/contract/api'
import type { Services } from '../../services.ts'
import { changeRoles, deactivateStaff, endSessionsOf, reactivateStaff, resetStaff } from '../../staff/change-staff.ts'
import { listInvitations } from '../../staff/invitation.store.ts'
import { INVITATIONS_MAX, inviteStaff, withdrawInvitation } from '../../staff/invite-staff.ts'
import { getStaffMember, listStaff } from '../../staff/staff-member.store.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { numberOf } from './number-of.ts'
import { assertRecent } from './recent-sign-in.ts'
import { toOneTimeLink, toOpenInvitation, toStaffMember } from './staff.presenter.ts'

const LIMIT = 50

export function staffRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, config } = services

  const goingOn = () => {
    const now = clock.machine()
    return { now, usedAfter: now - config.sessions.idleMs }
  }
  const present = async (name: string) => toStaffMember(await getStaffMember(db, name, goingOn()))

  serve(api.listStaff, async ({ query: { limit = LIMIT, cursor, state } }) => {
    const [after = 0] = cursor ? parseCursor(cursor, 1) : []
    const staff = await listStaff(db, { state, limit, after }, goingOn())
    const last = staff.at(limit - 1)
    return { items: staff.map(toStaffMember), next_cursor: last ? toCursor([last.staffId]) : null }
  })

  serve(api.inviteStaff, async ({ actor, body: { name, roles }, reply }) => {
    assertRecent(reply.request, clock.machine())
    const link = await inviteStaff(services, { name, roles, actor })
    return toOneTimeLink(link, services.publicUrl(reply.request))
  })

  serve(api.listInvitations, async () => {
    const open = await listInvitations(db, new Date(clock.machine()), INVITATIONS_MAX)
    return { items: open.map(toOpenInvitation) }
  })

  serve(api.withdrawInvitation, async ({ actor, params }) => {
    await withdrawInvitation(services, numberOf(params.id, 'invitation.unknown'), actor)
    return {}
  })

  serve(api.changeRoles, async ({ actor, params, body, reply }) => {
    assertRecent(reply.request, clock.machine())
    await changeRoles(await services.signIn(), params.name, body.roles, actor)
    return await present(params.name)
  })

  serve(api.deactivateStaff, async ({ actor, params, query: { keys } }) => {
    await deactivateStaff({ ...(await services.signIn()), keys: services.keys }, params.name, {
      actor,
      revokesKeys: keys === 'revoke',
    })
    return await present(params.name)
  })

  serve(api.reactivateStaff, async ({ actor, params, reply }) => {
    assertRecent(reply.request, clock.machine())
    await reactivateStaff(await services.signIn(), params.name, actor)
    return await present(params.name)
  })

  serve(api.endStaffSessions, async ({ actor, params }) => {
    await endSessionsOf(await services.signIn(), params.name, actor)
    return await present(params.name)
  })

  serve(api.resetStaff, async ({ actor, params, reply }) => {
    assertRecent(reply.request, clock.machine())
    const link = await resetStaff(await services.signIn(), params.name, actor)
    return toOneTimeLink(link, services.publicUrl(reply.request))
  })
}
