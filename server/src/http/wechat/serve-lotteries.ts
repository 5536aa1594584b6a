import type { AnswerOf, lotteries } from '@shenpi/sdk/contract/wire'
import { addLottery } from '../../lotteries/add-lottery.ts'
import { enterPackets } from '../../lotteries/enter-packets.ts'
import { type LotteryKey, parseLotteryId } from '../../lotteries/lottery-id.ts'
import { showLottery } from '../../lotteries/show-lottery.ts'
import { switchLottery } from '../../lotteries/switch-lottery.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toWireLottery, toWireTickets } from './lotteries.presenter.ts'
import type { WireRequest } from './serve-calls.ts'

type Lotteries = typeof lotteries
type Request<Name extends keyof Lotteries> = WireRequest<Lotteries[Name]>
type Answer<Name extends keyof Lotteries> = Promise<AnswerOf<Lotteries[Name]>>

export async function addLotteryInfo(
  services: Services,
  { account, body, publicUrl }: Request<'addLotteryInfo'>,
): Answer<'addLotteryInfo'> {
  const template = { iconUrl: body.logo_url, linkOf: (id: string) => `${publicUrl()}/lotteries/${id}` }
  const { lotteryId, pageId } = await addLottery(services, account, {
    title: body.title,
    description: body.desc,
    isOn: body.onoff !== 0,
    beginsAt: fromSeconds(body.begin_time),
    endsAt: fromSeconds(body.expire_time),
    sponsorAppid: body.sponsor_appid,
    packetsMax: body.total,
    jumpUrl: body.jump_url ?? '',
    signKey: body.key,
    ...(body.use_template === 1 && { page: template }),
  })
  return { lottery_id: lotteryId, page_id: pageId }
}

export async function setPrizeBucket(
  services: Services,
  { account, body }: Request<'setPrizeBucket'>,
): Answer<'setPrizeBucket'> {
  const { lotteryNo } = ownLottery(account, body.lottery_id)
  const tickets = body.prize_info_list.map(({ ticket }) => ticket)
  const { mchid, sponsor_appid: sponsorAppid } = body
  return toWireTickets(await enterPackets(services, account, { lotteryNo, mchid, sponsorAppid, tickets }))
}

export async function setLotterySwitch(
  services: Services,
  { account, body }: Request<'setLotterySwitch'>,
): Answer<'setLotterySwitch'> {
  await switchLottery(services, ownLottery(account, body.lottery_id), body.onoff === 1)
  return {}
}

export async function queryLottery(
  services: Services,
  { account, body }: Request<'queryLottery'>,
): Answer<'queryLottery'> {
  const shown = await showLottery(services, ownLottery(account, body.lottery_id))
  return { result: toWireLottery(account.appid, shown) }
}

const fromSeconds = (unixSeconds: number): Date => new Date(unixSeconds * 1000)

/** @throws Problem `lottery.unknown` for another account's lottery, too. */
function ownLottery({ accountId }: { accountId: number }, id: string): LotteryKey {
  const key = parseLotteryId(id)
  if (key?.accountId !== accountId) throw new Problem('lottery.unknown')
  return key
}
