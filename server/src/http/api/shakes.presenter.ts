import { toLotteryId } from '../../lotteries/lottery-id.ts'
import { withTicket } from '../../shakes/shake.ts'
import type { ShownCard } from '../../shakes/shake-nearby.ts'

export function toShownPage({ appid, page, ticket, device, nearStore }: ShownCard) {
  const { deviceId, uuid, major, minor, distance } = device
  return {
    appid,
    page_id: page.pageId,
    title: page.title,
    description: page.description,
    icon_url: page.iconUrl,
    url: withTicket(page.pageUrl, ticket),
    ticket,
    device_id: deviceId,
    beacon: { uuid, major, minor, distance },
    lottery_id:
      page.lotteryNo === null ? null : toLotteryId({ accountId: device.accountId, lotteryNo: page.lotteryNo }),
    near_store: nearStore,
  }
}
