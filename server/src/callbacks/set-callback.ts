import { randomBytes, randomInt } from 'node:crypto'
import { isEncodingAesKey, sign } from '@shenpi/sdk/callbacks'
import { getAccountByAppid } from '../accounts/account.store.ts'
import { changeAccount } from '../audit/change-account.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open.ts'
import { type Outbound, OutboundRefused } from '../outbound/outbound.ts'
import { Problem } from '../problem.ts'
import { type CallbackSetting, saveCallbackSetting } from './callback-setting.store.ts'

const VERIFY_TIMEOUT_MS = 5000

/**
 * Set where an account's callbacks go, after the address has answered the platform's verification.
 * Source: docs/protocol/callbacks.md, URL verification.
 *
 * @throws Problem `account.unknown`, `request.malformed`, `callback.url_refused`, `callback.unverified`
 */
export async function setCallback(
  { db, clock, outbound }: { db: Database; clock: Clock; outbound: Outbound },
  appid: string,
  wanted: Omit<CallbackSetting, 'verifiedAt'>,
  actor: string,
): Promise<CallbackSetting> {
  const { accountId } = await getAccountByAppid(db, appid)
  if (wanted.mode !== 'plain' && !isEncodingAesKey(wanted.encodingAesKey)) {
    throw new Problem('request.malformed', `encoding_aes_key: 43 letters and digits are needed in ${wanted.mode} mode.`)
  }
  const verifiedAt = clock.now()
  await verify(outbound, accountId, wanted, verifiedAt)
  const setting = { ...wanted, verifiedAt }
  await changeAccount(db, accountId, async (trx, journal) => {
    await saveCallbackSetting(trx, accountId, setting)
    const { url, mode, format } = setting
    const entry = { action: 'account.set_callback', applicationNo: null, detail: { url, mode, format } }
    await journal.append({ at: verifiedAt, actor, ...entry })
  })
  return setting
}

async function verify(
  outbound: Outbound,
  accountId: number,
  { url, token }: { url: string; token: string },
  at: Date,
): Promise<void> {
  const echostr = randomInt(2 ** 47).toString()
  const timestamp = Math.floor(at.getTime() / 1000).toString()
  const nonce = randomBytes(8).readBigUInt64BE().toString()
  const target = URL.parse(url)
  if (!target) throw new Problem('callback.url_refused', 'It is not a URL.')
  const query = { signature: sign([token, timestamp, nonce]), timestamp, nonce, echostr }
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  const answer = await outbound
    .send({ accountId, method: 'GET', url: target.href, timeoutMs: VERIFY_TIMEOUT_MS, maxBytes: 4096 })
    .catch((error: unknown) => {
      if (error instanceof OutboundRefused) throw new Problem('callback.url_refused', error.message)
      throw error
    })
  if (answer.status === 200 && answer.body.toString().trim() === echostr) return
  throw new Problem('callback.unverified', `It answered HTTP ${answer.status}: ${answer.body.toString().slice(0, 80)}`)
}
