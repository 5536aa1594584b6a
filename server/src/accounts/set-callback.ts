import { isEncodingAesKey, sign } from '@shenpi/sdk/callbacks'
import { type CallbackSetting, saveCallbackSetting } from '../callbacks/callback-setting.store.ts'
import type { DeliveryFaults } from '../callbacks/delivery-faults.ts'
import { newNonce, toPushAddress } from '../callbacks/push-address.ts'
import type { Database } from '../db/open.ts'
import type { Entropy } from '../entropy/entropy.ts'
import { excerptOf } from '../excerpt.ts'
import { changeAccount } from '../journal/change-account.ts'
import { type Outbound, OutboundBusy, OutboundRefused } from '../outbound/outbound.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'
import { getAccountByAppid } from './account.store.ts'

const VERIFY_TIMEOUT_MS = 5000
const VERIFY_MAX_BYTES = 4096
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
const CONTROL_CHARACTERS = /[\x00-\x1f\x7f]/

interface Parts {
  db: Database
  clock: Clock
  entropy: Entropy
  outbound: Outbound
  sandbox?: { callbackFaults: DeliveryFaults } | undefined
}

/**
 * Set where an account's callbacks go, after the address has answered the platform's verification.
 * Source: docs/protocol/callbacks.md, URL verification.
 *
 * @throws Problem `account.unknown`, `request.malformed`, `callback.url_refused`, `callback.unverified`, `quota.burst`
 */
export async function setCallback(
  { db, clock, entropy, outbound, sandbox }: Parts,
  appid: string,
  wanted: Omit<CallbackSetting, 'verifiedAt'>,
  actor: string,
): Promise<CallbackSetting> {
  const { accountId } = await getAccountByAppid(db, appid)
  if (wanted.mode !== 'plain' && !isEncodingAesKey(wanted.encodingAesKey)) {
    throw new Problem('request.malformed', `encoding_aes_key: 43 letters and digits are needed in ${wanted.mode} mode.`)
  }
  const url = wanted.url.trim()
  if (CONTROL_CHARACTERS.test(url)) throw new Problem('callback.url_refused', 'It contains a line break or the like.')
  const verifiedAt = clock.now(accountId)
  const setting = { ...wanted, url, verifiedAt }
  await verify({ entropy, outbound }, accountId, setting)
  await changeAccount(db, accountId, async (account) => {
    await sandbox?.callbackFaults.keepOldKey(account.trx, accountId, setting)
    await saveCallbackSetting(account.trx, accountId, setting)
    const { mode, format } = setting
    const detail = { url, mode, format }
    account.append({ at: verifiedAt, actor, action: 'account.set_callback', detail })
  })
  return setting
}

async function verify(
  { entropy, outbound }: { entropy: Entropy; outbound: Outbound },
  accountId: number,
  { url, token, verifiedAt }: CallbackSetting,
): Promise<void> {
  const echostr = entropy.draw(accountId, 'echo', 6).readUIntBE(0, 6).toString()
  const timestamp = toUnixSeconds(verifiedAt).toString()
  const nonce = newNonce(entropy, accountId)
  const query = { signature: sign([token, timestamp, nonce]), timestamp, nonce, echostr }
  const limits = { timeoutMs: VERIFY_TIMEOUT_MS, maxBytes: VERIFY_MAX_BYTES }
  const answer = await outbound
    .send({ accountId, method: 'GET', url: toPushAddress(url, query), ...limits })
    .catch((error: unknown) => {
      if (error instanceof OutboundRefused) throw new Problem('callback.url_refused', error.message)
      if (error instanceof OutboundBusy) throw new Problem('quota.burst', error.message)
      throw error
    })
  if (answer.status === 200 && answer.body.equals(Buffer.from(echostr))) return
  throw new Problem('callback.unverified', faultOf(answer, echostr))
}

/** The platform accepts `echostr` alone; what surrounds it in a receiver's answer is often invisible. */
function faultOf({ status, body }: { status: number; body: Buffer }, echostr: string): string {
  const before = body.indexOf(echostr)
  if (status !== 200 || before < 0) {
    return `It answered HTTP ${status}: ${excerptOf(body.toString(), 80) || 'an empty body'}`
  }
  const after = body.length - before - echostr.length
  return `It answered echostr with ${before} bytes before and ${after} bytes behind it, such as a byte order mark or a line break.`
}
