import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import { type Draw, drawPacket } from '../../lotteries/draw-packet.ts'
import { admitDraw } from '../../lotteries/draw-sign.ts'
import { openLotteryPage } from '../../lotteries/open-lottery-page.ts'
import { preorderPackets } from '../../lotteries/preorder-packets.ts'
import { SHAKE_NEARBY_MCHID } from '../../lotteries/red-packet.ts'
import type { Services } from '../../services.ts'
import type { ServeEndpoint } from './endpoint.ts'

export function lotteriesRoutes(serve: ServeEndpoint, services: Services): void {
  const { db } = services

  serve(api.preorderRedPackets, async ({ actor, params, body }) => {
    const { accountId } = await getAccountByAppid(db, params.appid)
    const { mchid, auth_mchid: authMchid = SHAKE_NEARBY_MCHID, expires_at } = body
    const expiresAt = new Date(expires_at)
    const packets = body.packets.map(({ ticket, amount }) => ({ ticket, amount, mchid, authMchid, expiresAt }))
    await preorderPackets(services, accountId, packets, actorName(actor))
    return { added: packets.length }
  })

  serve(api.drawPacket, async ({ params, body }) => {
    const key = await admitDraw(db, { ...params, ...body })
    return toDraw(await drawPacket(services, key, body.openid))
  })

  serve(api.drawShakenPacket, async ({ params }) => {
    const { openid, ...key } = await openLotteryPage(services, params.ticket)
    return toDraw(await drawPacket(services, key, openid))
  })
}

const toDraw = ({ outcome, packet }: Draw) => ({
  outcome,
  packet: packet ? { ticket: packet.ticket, amount: packet.amount } : null,
})
