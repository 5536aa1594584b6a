import type { DrawOutcome } from '@shenpi/sdk/contract/states'
import { getLottery } from '../lotteries/lottery.store.ts'
import { type Lottery, whyClosed } from '../lotteries/lottery.ts'
import { parseLotteryId } from '../lotteries/lottery-id.ts'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'

const CLOSED: Readonly<Record<Extract<DrawOutcome, 'off' | 'not_begun' | 'over'>, string>> = {
  off: '抽奖已关闭',
  not_begun: '抽奖尚未开始',
  over: '抽奖已结束',
}

/** The page that was made for a lottery, in Chinese as merchants' customers read it; undefined when there is no such. */
export async function lotteryPage({ db, clock }: Services, id: string): Promise<string | undefined> {
  const key = parseLotteryId(id)
  if (!key) return undefined
  const lottery = await getLottery(db, key).catch((error) => {
    if (error instanceof Problem && error.code === 'lottery.unknown') return undefined
    throw error
  })
  return lottery && toHtml(lottery, clock.now(key.accountId))
}

function toHtml(lottery: Lottery, at: Date): string {
  const { title, description, jumpUrl } = lottery
  const closed = whyClosed(lottery, at)
  const link = jumpUrl && `<p><a href="${escapeHtml(jumpUrl)}" rel="noreferrer">查看更多</a></p>`
  return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-content: center; text-align: center; font: 16px/1.6 system-ui, sans-serif; background: #b3261e; color: #fff }
h1 { font-size: 24px; margin: 0 } p { margin: 8px 16px } a { color: inherit }
</style>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(description)}</p>
<p>${closed ? CLOSED[closed] : '抽奖进行中'}</p>
${link}
</main>
</html>
`
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
