import { lotteries } from '@shenpi/sdk/contract/wire'
import type { Services } from '../../services.ts'
import type { ServeCall } from './serve-calls.ts'

/** What serves them is loaded by the first call: few servers have any lottery. */
export function lotteriesRoutes(serve: ServeCall, services: Services): void {
  const load = () => import('./serve-lotteries.ts')
  serve(lotteries.addLotteryInfo, async (request) => (await load()).addLotteryInfo(services, request))
  serve(lotteries.setPrizeBucket, async (request) => (await load()).setPrizeBucket(services, request))
  serve(lotteries.setLotterySwitch, async (request) => (await load()).setLotterySwitch(services, request))
  serve(lotteries.queryLottery, async (request) => (await load()).queryLottery(services, request))
}
