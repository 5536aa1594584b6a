import { SHOP_AUDIT_STATUS } from '@shenpi/sdk'
import { ApiProblem, UnansweredError } from '@shenpi/sdk/client'
import { api } from '@shenpi/sdk/contract/api'
import type { ApplicationState } from '@shenpi/sdk/contract/states'
import { AUDIT_STATUS } from '@shenpi/sdk/contract/wire/audit-status'
import { parseAuditId, toApplicationId } from '../../server/src/applications/application-id.ts'
import { aBatch, aPicture, aRegistration } from '../../server/test/factories.ts'
import type { Receiver } from '../../server/test/receiver.ts'
import type { Shenpi } from '../processes.ts'
import { aSubmission, openShop } from '../submissions.ts'
import type { Acknowledged } from './acknowledged.ts'
import type { Random } from './random.ts'

/** Requests under way at once. */
const CLIENTS = 16
/** Accounts that are created in all; from then on those that are there go on. */
const MERCHANTS_MAX = 60
/** The largest batch that is approved at once, and one that is not. Source: docs/protocol/shakearound.md. */
const QUICK_MAX = 500

/** An account that applies, as its owner knows it. */
interface Merchant {
  appid: string
  secret: string
  accountId: number
  token: string
  license: string
  /** The next category that it applies for. */
  category: number
}

/** What outlives the server: the applicants, and the applications to decide. */
export interface World {
  merchants: Merchant[]
  /** Ids of applications that are under review. */
  open: string[]
  acknowledged: Acknowledged
  receiver: Receiver
  /** Refusals that say that the server is at fault. */
  faults: string[]
}

/** Sends everything that changes something, in any order, until the server is gone. */
export async function sendUntilGone(server: Shenpi, world: World, random: Random): Promise<void> {
  const actions = [
    createMerchant,
    renewToken,
    applyForBatch,
    applyForBatch,
    applyForCategory,
    applyForCategory,
    applyForCategory,
    decide,
    decide,
    decide,
    decide,
  ]
  const client = async () => {
    try {
      for (;;) {
        const action = world.merchants.length === 0 ? createMerchant : random.pick(actions)
        await action(server, world, random)
      }
    } catch (error) {
      // `fetch` throws this when the server is gone; anything else is a fault of this program.
      if (!(error instanceof TypeError || error instanceof UnansweredError)) throw error
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** A new account with a callback, a token, the shop component open and a picture, that applies to open Shake Nearby. */
async function createMerchant(server: Shenpi, world: World, random: Random): Promise<void> {
  if (world.merchants.length >= MERCHANTS_MAX) return
  const { acknowledged, receiver } = world
  const { appid, secret } = await server.api.call(api.createAccount, { body: { name: 'Acme' } })
  const { url, token, encodingAesKey: encoding_aes_key } = receiver
  const mode = random.pick(['plain', 'secure'] as const)
  const format = random.pick(['xml', 'json'] as const)
  const body = { url, token, encoding_aes_key, mode, format }
  await server.api.call(api.setCallback, { params: { appid }, body })

  const merchant: Merchant = { appid, secret, accountId: 0, token: '', license: '', category: 0 }
  await renewTokenOf(server, world, merchant)
  if (!merchant.token) return
  acknowledged.application(await openShop(server, merchant), 'approved')
  const form = new FormData()
  form.set('resp_type', '1')
  form.set('media', new Blob([new Uint8Array(await picture)], { type: 'image/png' }), 'picture')
  merchant.license = (await call(server, world, merchant, '/shop/img/upload', form)).img_info.temp_img_url
  const { errcode } = await call(server, world, merchant, '/shakearound/account/register', aRegistration())
  if (errcode !== 0) return
  const id = `${merchant.accountId}-2`
  acknowledged.application(id, 'under_review')
  world.open.push(id)
  world.merchants.push(merchant)
}

const picture = aPicture()

async function renewToken(server: Shenpi, world: World, random: Random): Promise<void> {
  await renewTokenOf(server, world, random.pick(world.merchants))
}

async function renewTokenOf({ url }: Shenpi, { acknowledged, faults }: World, merchant: Merchant): Promise<void> {
  const { appid, secret } = merchant
  const query = new URLSearchParams({ grant_type: 'client_credential', appid, secret })
  const response = await fetch(`${url}/cgi-bin/token?${query}`)
  const answer = (await response.json()) as { access_token?: string; errmsg: string }
  if (!answer.access_token) {
    faults.push(`token: ${answer.errmsg}`)
    return
  }
  merchant.token = answer.access_token
  merchant.accountId = Number.parseInt(merchant.token, 36)
  acknowledged.token(merchant.accountId, merchant.token)
}

/** One in two is approved at once, the others wait for a decision; refused while one waits. */
async function applyForBatch(server: Shenpi, world: World, random: Random): Promise<void> {
  const merchant = random.pick(world.merchants)
  const quantity = random.below(2) ? random.between(1, QUICK_MAX) : random.between(QUICK_MAX + 1, 2 * QUICK_MAX)
  const { data } = await call(server, world, merchant, '/shakearound/device/applyid', aBatch({ quantity }))
  if (!data?.apply_id) return
  const state = stateOf(AUDIT_STATUS, data.audit_status)
  const id = `${merchant.accountId}-${data.apply_id}`
  world.acknowledged.application(id, state)
  if (state === 'under_review') world.open.push(id)
}

async function applyForCategory(server: Shenpi, world: World, random: Random): Promise<void> {
  const merchant = random.pick(world.merchants)
  const submission = aSubmission(merchant.license, merchant.category)
  merchant.category += 1
  const { audit_id } = await call(server, world, merchant, '/shop/audit/audit_category', submission)
  const key = audit_id && parseAuditId(audit_id)
  if (!key) return
  const id = toApplicationId(key)
  world.acknowledged.application(id, stateOf(SHOP_AUDIT_STATUS, SHOP_AUDIT_STATUS.under_review))
  world.open.push(id)
}

/** Approve or reject. */
async function decide(server: Shenpi, world: World, random: Random): Promise<void> {
  if (world.open.length === 0) return
  const [id] = world.open.splice(random.below(world.open.length), 1) as [string]
  const move = random.pick(['approve', 'reject'] as const)
  try {
    const body = { move, reason: '证件不清晰' }
    const { state } = await server.api.call(api.decideApplication, { params: { id }, version: 1, body })
    world.acknowledged.application(id, state)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (error.status >= 500) world.faults.push(`decision: ${error.message}`)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the wire answers
async function call(server: Shenpi, world: World, merchant: Merchant, path: string, body: object): Promise<any> {
  const answer = await fetch(`${server.url}${path}?access_token=${merchant.token}`, {
    method: 'POST',
    body: body instanceof FormData ? body : JSON.stringify(body),
  })
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const content = (await answer.json()) as any
  if (content.errcode === UNAVAILABLE) world.faults.push(`${path}: ${content.errmsg}`)
  return content
}

/** Source: docs/protocol/conventions.md, error codes. */
const UNAVAILABLE = -1

function stateOf(table: Record<ApplicationState, number>, status: number): ApplicationState {
  for (const [state, number] of Object.entries(table)) if (number === status) return state as ApplicationState
  throw new RangeError(`no state is ${status}`)
}
