import type { Database } from '../db/open.ts'
import type { Entropy } from '../entropy/entropy.ts'
import { excerptOf } from '../excerpt.ts'
import { LOOKUP_WAIT_MS } from '../outbound/lookups.ts'
import { type Outbound, OutboundBusy, OutboundRefused } from '../outbound/outbound.ts'
import type { Clock } from '../time/clock.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'
import { isAcknowledgement } from './acknowledgement.ts'
import { getReceiver, type Receiver } from './callback-setting.store.ts'
import { type Attempt, type Delivery, putBack, saveAttempt } from './delivery.store.ts'
import type { DeliveryFault, DeliveryFaults } from './delivery-faults.ts'
import { type MessageToSend, toMessageBody } from './message-format.ts'
import { newNonce, toPushAddress } from './push-address.ts'

/** How long a merchant's server has to answer. Unit: milliseconds. Source: docs/protocol/callbacks.md, delivery. */
const ANSWER_TIMEOUT_MS = 5000
/** The longest that a delivery takes: less than its lease, so that none is sent twice at once. Unit: milliseconds. */
export const DELIVERY_JOB_MAX_MS = LOOKUP_WAIT_MS + ANSWER_TIMEOUT_MS
const ANSWER_MAX_BYTES = 64 * 1024
const OUTCOME_MAX = 200
/** When a delivery is looked at again that found no place. Unit: milliseconds. */
const BUSY_GAP_MS = 5000

/**
 * The waits after the first, second, … failed attempt, in seconds: three within seconds, as the platform makes them, then
 * with growing gaps, a day in all. After the last attempt the delivery is failed until it is replayed.
 */
export const RETRY_GAPS_S = [5, 5, 5, 60, 300, 900, 3600, 7200, 14_400, 28_800, 28_800] as const

/** The time of the next attempt after `attempts` failed ones, or undefined after the last. */
export function nextAttempt(attempts: number, at: Date): Date | undefined {
  const gap = RETRY_GAPS_S[attempts - 1]
  return gap === undefined ? undefined : new Date(at.getTime() + gap * 1000)
}

/** A delivery, and to whom it goes if that is known: else it is looked up. */
export interface DeliveryJob extends Delivery {
  receiver?: Receiver
}

interface Parts {
  db: Database
  clock: Clock
  entropy: Entropy
  outbound: Outbound
  sandbox?: { callbackFaults: DeliveryFaults } | undefined
}

/**
 * Send a delivery to its merchant and record how it went. Sent at least once: a merchant that answered too late, or whose
 * answer was lost, gets the same message again. A delivery that found no place to be sent from is due again soon, and
 * that is no attempt.
 *
 * @returns how long the merchant's server took, in milliseconds, or undefined when it was not asked
 */
export async function deliverCallback(
  { db, clock, entropy, outbound, sandbox }: Parts,
  delivery: DeliveryJob,
): Promise<number | undefined> {
  const { appid, setting } = delivery.receiver ?? (await getReceiver(db, delivery.accountId))
  const at = clock.now(delivery.accountId)
  const startedAt = new Date(clock.due(delivery.accountId))
  if (!setting) {
    const outcome = 'the account has no callback URL'
    const attempt = { at, durationMs: 0, url: '', status: null, outcome, injectedBy: null }
    await saveAttempt(db, delivery, attempt, { state: 'unaddressed', dueAt: startedAt })
    return 0
  }
  const fault = await sandbox?.callbackFaults.ofDelivery(delivery, setting)
  const message: MessageToSend = {
    format: setting.format,
    mode: setting.mode,
    fields: delivery.message,
    token: setting.token,
    encodingAesKey: setting.encodingAesKey,
    appid,
    timestamp: toUnixSeconds(at),
    nonce: newNonce(entropy, delivery.accountId),
    random: entropy.draw(delivery.accountId, 'message', 16),
  }
  const answered = fault?.unsent
    ? notSent(fault.unsent.why)
    : await send(outbound, delivery, setting.url, message, fault)
  if (!answered) {
    await putBack(db, delivery, new Date(clock.due(delivery.accountId) + BUSY_GAP_MS))
    return undefined
  }
  const { accepted, ...answer } = answered
  const next = nextTry(delivery, startedAt, accepted, fault)
  await saveAttempt(
    db,
    delivery,
    { at, url: setting.url, ...answer, injectedBy: fault?.injectedBy ?? null },
    { state: next ? 'pending' : accepted ? 'delivered' : 'failed', dueAt: next ?? startedAt },
  )
  await sandbox?.callbackFaults.tried(delivery, fault)
  // A name that is remembered as missing fails at once, and hangs again when forgotten: that is no quick receiver.
  return answer.status === null && answer.durationMs === 0 ? undefined : answer.durationMs
}

/** When a delivery is sent again; undefined: it is not. */
function nextTry(
  { attempts }: Delivery,
  startedAt: Date,
  accepted: boolean,
  fault: DeliveryFault | undefined,
): Date | undefined {
  if (accepted) return fault?.isRepeated ? startedAt : undefined
  const heldMs = fault?.unsent?.forMs
  return heldMs === undefined ? nextAttempt(attempts + 1, startedAt) : new Date(startedAt.getTime() + heldMs)
}

type Answered = Pick<Attempt, 'durationMs' | 'status' | 'outcome'> & { accepted: boolean }

const notSent = (outcome: string): Answered => ({ accepted: false, durationMs: 0, status: null, outcome })

/** @returns undefined when it was not sent, as the account has too much else to send */
async function send(
  outbound: Outbound,
  { accountId }: Delivery,
  receiverUrl: string,
  message: MessageToSend,
  fault: DeliveryFault | undefined,
): Promise<Answered | undefined> {
  const signed = toMessageBody(fault?.change?.(message) ?? message)
  const { body, contentType, query } = fault?.spoil?.(signed) ?? signed
  return await post(outbound, accountId, toPushAddress(receiverUrl, query), contentType, body)
}

/** @returns undefined when it was not sent, as the account has too much else to send */
async function post(
  outbound: Outbound,
  accountId: number,
  url: string,
  contentType: string,
  body: string,
): Promise<Answered | undefined> {
  try {
    const answer = await outbound.send({
      accountId,
      method: 'POST',
      url,
      headers: { 'content-type': contentType },
      body,
      timeoutMs: ANSWER_TIMEOUT_MS,
      maxBytes: ANSWER_MAX_BYTES,
    })
    const text = answer.body.toString().trim()
    const accepted = isAcknowledgement({ status: answer.status, text })
    return { accepted, durationMs: answer.durationMs, status: answer.status, outcome: excerptOf(text, OUTCOME_MAX) }
  } catch (error) {
    if (error instanceof OutboundBusy) return undefined
    if (!(error instanceof OutboundRefused)) throw error
    const { durationMs, message } = error
    return { accepted: false, durationMs, status: null, outcome: excerptOf(message, OUTCOME_MAX) }
  }
}
