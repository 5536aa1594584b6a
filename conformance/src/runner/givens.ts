import { pages } from '@shenpi/sdk/contract/wire/pages'
import { shopAudits } from '@shenpi/sdk/contract/wire/shop-audits'
import { aPage } from '../requests.ts'
import type { Given } from '../world/given.ts'
import { type Member, OPENID } from '../world/world.ts'
import type { JudgedServer } from './judged-server.ts'

type Places = Record<string, unknown>

/** How a run brings something about, and what it needs for that beside the merchant's account. */
interface Means {
  apiKey?: true
  member?: Member
  make: (server: JudgedServer, places: Places) => Promise<unknown>
}

const decide = (member: Member, move: 'approve' | 'reject'): Means => ({
  apiKey: true,
  member,
  make: (server) => server.decideAll(member, move),
})

const shopStatus = (status: 'banned' | 'connected' | 'cancelled'): Means => ({
  apiKey: true,
  make: (server) =>
    server.api?.setShopStatus({ params: { appid: appidOf(server, 'merchant') }, body: { status } }) ?? nothing(),
})

const limit = (limits: { ip_allow?: string[]; daily_limit?: number; minute_limit?: number }): Means => ({
  apiKey: true,
  member: 'stranger',
  make: (server) =>
    server.api?.setLimits({ params: { appid: appidOf(server, 'stranger') }, body: { ip_allow: [], ...limits } }) ??
    nothing(),
})

const nothing = async () => undefined
const appidOf = ({ members }: JudgedServer, member: Member) => members.get(member)?.appid ?? ''

/** What a run can bring about; what is missing here takes time, another disk or the operator's settings. */
const MEANS: { readonly [G in Given]?: Means } = {
  'the merchant has pages 1 to 31': {
    async make(server, places) {
      for (let page = 1; page <= 31; page += 1) {
        places[`page${page}`] = (await server.ask(pages.pageAdd, aPage(String(places.merchantIcon))))?.page_id
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
    apiKey: true,
    async make(server, places) {
      const { uuid1, major1, minor1 } = places
      const beacon = { uuid: String(uuid1), major: Number(major1), minor: Number(minor1), distance: 2.35 }
      const shown = await server.api?.shake({ body: { openid: OPENID, beacons: [beacon] } })
      places.ticket = shown?.pages[0]?.ticket
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
  if (means.apiKey && !server.api) return `takes “${given}”: --api-key`
  if (means.member && !server.members.has(means.member)) return `takes “${given}”: --member ${means.member}=…`
  return undefined
}

export async function bringAbout(given: Given, server: JudgedServer, places: Places): Promise<void> {
  await MEANS[given]?.make(server, places)
}
