import type { Lottery } from '../../lotteries/lottery.ts'
import { toLotteryId } from '../../lotteries/lottery-id.ts'
import type { sortTickets } from '../../lotteries/red-packet.ts'
import type { showLottery } from '../../lotteries/show-lottery.ts'
import { toUnixSeconds } from '../../time/unix-seconds.ts'

/** A list that would be empty is not there. Source: docs/protocol/shakearound.md, lottery/setprizebucket. */
export function toWireTickets(sorted: ReturnType<typeof sortTickets>) {
  const of = (what: Parameters<typeof sorted.get>[0]) => sorted.get(what)?.map((ticket) => ({ ticket }))
  return {
    success_num: sorted.get('entered')?.length ?? 0,
    ...listed('repeat_ticket_list', of('repeated')),
    ...listed('expire_ticket_list', of('expired')),
    ...listed('invalid_amount_ticket_list', of('wrong_amount')),
    ...listed('wrong_authmchid_ticket_list', of('wrong_auth_mchid')),
    ...listed('invalid_ticket_list', of('unknown')),
  }
}

const listed = (name: string, tickets: { ticket: string }[] | undefined) => (tickets ? { [name]: tickets } : {})

export function toWireLottery(appid: string, { lottery, counts }: Awaited<ReturnType<typeof showLottery>>) {
  return { ...toWireSettings(appid, lottery), ...(counts && toWireCounts(counts)) }
}

const toWireSettings = (appid: string, lottery: Lottery) => ({
  lottery_id: toLotteryId(lottery),
  title: lottery.title,
  desc: lottery.description,
  onoff: lottery.isOn ? 1 : 0,
  begin_time: toUnixSeconds(lottery.beginsAt),
  expire_time: toUnixSeconds(lottery.endsAt),
  // A sponsor is the issuing account itself.
  sponsor_appid: appid,
  appid,
  prize_count_limit: lottery.packetsMax,
  prize_count: lottery.packets,
  jump_url: lottery.jumpUrl,
})

const toWireCounts = ({
  expired,
  drawn,
  available,
}: NonNullable<Awaited<ReturnType<typeof showLottery>>['counts']>) => ({
  expired_prizes: expired.packets,
  drawed_prizes: drawn.packets,
  available_prizes: available.packets,
  expired_value: expired.value,
  drawed_value: drawn.value,
  available_value: available.value,
})
