import { randomUUID } from 'node:crypto'
import type { ApiClient } from '@shenpi/sdk/client'
import type { ApiLimits } from '@shenpi/sdk/contract/api'
import type { Move, ShopStatus } from '@shenpi/sdk/contract/states'
import { lotteries } from '@shenpi/sdk/contract/wire/lotteries'
import { pages } from '@shenpi/sdk/contract/wire/pages'
import { shopAccess } from '@shenpi/sdk/contract/wire/shop-access'
import { shopAudits } from '@shenpi/sdk/contract/wire/shop-audits'
import { memberAt } from '../judge/member-at.ts'
import { aLottery, aPage } from '../requests.ts'
import type { Given } from '../world/given.ts'
import { packetPlaces } from '../world/places.ts'
import { MCHID, type Member, OPENID, PACKETS } from '../world/world.ts'
import type { JudgedServer } from './judged-server.ts'

type Places = Record<string, unknown>

const DAY_MS = 24 * 3_600_000

/** Puts back what a given changed on an account. */
type Undo = () => Promise<unknown>
/** Looks how something stands, and answers what puts it back. */
type Remember = (api: ApiClient, server: JudgedServer) => Promise<Undo>

/** How a run brings something about by the wire alone, or as staff do with the native API's key. */
type Means = { member?: Member } & (
  | { make(server: JudgedServer, places: Places): Promise<unknown> }
  | { asStaff(api: ApiClient, server: JudgedServer, places: Places): Promise<unknown>; remember?: Remember }
)

const appidOf = ({ members }: JudgedServer, member: Member) => members.get(member)?.appid ?? ''

const decide = (member: Member, move: Move): Means => ({
  member,
  asStaff: (_, server) => server.decideAll(member, move),
})

const shopStatus = (status: ShopStatus): Means => ({
  asStaff: (api, server) => api.setShopStatus({ params: { appid: appidOf(server, 'merchant') }, body: { status } }),
  remember: rememberShop,
})

const limit = (limits: Partial<ApiLimits>): Means => ({
  member: 'stranger',
  asStaff: (api, server) =>
    api.setLimits({ params: { appid: appidOf(server, 'stranger') }, body: { ip_allow: [], ...limits } }),
  remember: rememberLimits,
})

async function rememberShop(api: ApiClient, server: JudgedServer): Promise<Undo> {
  const params = { appid: appidOf(server, 'merchant') }
  const { status } = await api.getShopAccess({ params })
  return async () => {
    if (status !== 'connected') return
    const now = await api.getShopAccess({ params })
    if (now.status === 'banned') await api.setShopStatus({ params, body: { status } })
    if (now.status === 'cancelled') {
      await server.ask(shopAccess.registerApply, {})
      await server.decideAll('merchant', 'approve')
    }
  }
}

async function rememberLimits(api: ApiClient, server: JudgedServer): Promise<Undo> {
  const params = { appid: appidOf(server, 'stranger') }
  const { limits } = await api.getAccount({ params })
  return () => api.setLimits({ params, body: limits })
}

/** What a run can bring about; what is missing here takes time, another disk or the operator's settings. */
const MEANS: { readonly [G in Given]?: Means } = {
  'the merchant has pages 1 to 31': {
    async make(server, places) {
      for (let page = 1; page <= 31; page += 1) {
        const added = await server.ask(pages.pageAdd, aPage(String(places.merchantIcon)))
        places[`page${page}`] = memberAt(added, 'page_id')
      }
    },
  },
  'the merchant and the stranger were refused something': {
    async make(server, places) {
      for (const member of ['merchant', 'stranger'] as const) {
        if (!server.members.has(member)) continue
        const { text } = await server.send({ name: '', call: shopAudits.auditResult, by: member, request: '{' }, {})
        places[`${member}sRid`] = / rid: ([0-9a-f-]+)/.exec(text)?.[1]
      }
    },
  },
  'a phone shakes near device 1, which has page 1': {
    async asStaff(api, _, places) {
      const { uuid1, major1, minor1 } = places
      const beacon = { uuid: String(uuid1), major: Number(major1), minor: Number(minor1), distance: 2.35 }
      const shown = await api.shake({ body: { openid: OPENID, beacons: [beacon] } })
      places.ticket = shown.pages[0]?.ticket
    },
  },
  'red packets are pre-ordered for the merchant': {
    async asStaff(api, server, places) {
      Object.assign(places, packetPlaces(randomUUID()))
      const params = { appid: appidOf(server, 'merchant') }
      for (const { place, amount, mchid = MCHID, ...other } of PACKETS) {
        const days = other.isExpired ? -1 : 7
        const expires_at = new Date(Date.now() + days * DAY_MS).toISOString()
        const packets = [{ ticket: String(places[place]), amount }]
        await api.preorderRedPackets({ params, body: { mchid, auth_mchid: other.authMchid, expires_at, packets } })
      }
    },
  },
  'the stranger has a lottery': {
    member: 'stranger',
    async make(server, places) {
      const { strangerAppid, anHourAgo, inAWeek } = places
      const request = aLottery(String(strangerAppid), 'https://example.com/icon', {
        begin_time: anHourAgo,
        expire_time: inAWeek,
      })
      const added = await server.ask(lotteries.addLotteryInfo, request, { by: 'stranger' })
      places.strangersLottery = memberAt(added, 'lottery_id')
    },
  },
  'a phone shakes near device 1, which has the page of lottery 1, and opens it': {
    async asStaff(api, _, places) {
      const { uuid1, major1, minor1 } = places
      const beacon = { uuid: String(uuid1), major: Number(major1), minor: Number(minor1), distance: 2.35 }
      const shown = await api.shake({ body: { openid: OPENID, beacons: [beacon] } })
      await api.drawShakenPacket({ params: { ticket: shown.pages[0]?.ticket ?? '' } })
    },
  },
  'staff reject what the newcomer applied for': decide('newcomer', 'reject'),
  'staff reject what the merchant applied for': decide('merchant', 'reject'),
  'staff approve what the merchant applied for': decide('merchant', 'approve'),
  'the operator bans the merchant from the component': shopStatus('banned'),
  'the operator connects the merchant again': shopStatus('connected'),
  'the operator cancels the merchant’s access': shopStatus('cancelled'),
  'the stranger may make a call once a minute': limit({ minute_limit: 1 }),
  'the stranger may make a call once a day': limit({ daily_limit: 1 }),
  'the stranger is served from 203.0.113.7 alone': limit({ ip_allow: ['203.0.113.7'] }),
}

/** Why a run cannot bring something about, or undefined when it can. */
export function whyNotGiven(given: Given, server: JudgedServer): string | undefined {
  const means = MEANS[given]
  if (!means) return `takes “${given}”, which no call brings about`
  if ('asStaff' in means && !server.api) return `takes “${given}”: --api-key`
  if (means.member && !server.members.has(means.member)) return `takes “${given}”: --member ${means.member}=…`
  return undefined
}

/** What the givens of a story changed on accounts, to be put back behind it. */
export class Undos {
  readonly #undos = new Map<Remember, Undo>()

  async bringAbout(given: Given, server: JudgedServer, places: Places): Promise<void> {
    const means = MEANS[given]
    if (!means) return
    if ('make' in means) {
      await means.make(server, places)
      return
    }
    const { asStaff, remember } = means
    if (!server.api) return
    if (remember && !this.#undos.has(remember)) this.#undos.set(remember, await remember(server.api, server))
    await asStaff(server.api, server, places)
  }

  async undo(): Promise<void> {
    for (const undo of this.#undos.values()) await undo()
  }
}
