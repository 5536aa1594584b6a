import { hash, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { getLottery } from './lottery.store.ts'
import { type LotteryKey, parseLotteryId } from './lottery-id.ts'

/** What a merchant's page hands to the JS-API `jumpHongbao`, but for the sign. */
export interface DrawArguments {
  openid: string
  lottery_id: string
  noncestr: string
}

/** Source: docs/protocol/shakearound.md, drawing, sign. */
export function signDraw({ openid, lottery_id, noncestr }: DrawArguments, key: string): string {
  const text = `lottery_id=${lottery_id}&noncestr=${noncestr}&openid=${openid}&key=${key}`
  return hash('md5', text, 'hex').toUpperCase()
}

/**
 * The lottery in which a signed draw may be made.
 *
 * @throws Problem `lottery.unknown`, `draw.sign_wrong`
 */
export async function admitDraw(db: Kysely<Schema>, draw: DrawArguments & { sign: string }): Promise<LotteryKey> {
  const key = parseLotteryId(draw.lottery_id)
  if (!key) throw new Problem('lottery.unknown')
  const { signKey } = await getLottery(db, key)
  const [right, sent] = [signDraw(draw, signKey), draw.sign.toUpperCase()].map((text) => Buffer.from(text))
  if (!right || !sent || right.length !== sent.length || !timingSafeEqual(right, sent)) {
    throw new Problem('draw.sign_wrong')
  }
  return key
}
