import { setTimeout as wait } from 'node:timers/promises'
import { api } from '@shenpi/sdk/contract/api'
import { aPicture } from '../../server/test/factories.ts'
import { startReceiver } from '../../server/test/receiver.ts'
import type { Shenpi } from '../processes.ts'
import { createApplicant, submit } from '../submissions.ts'
import { LANES, type Lane, type Timings } from './verdict.ts'

/** How often each action begins, whether or not those before it have ended. Unit: a second. */
const PACE: Record<Lane, number> = { 'status query': 20, submit: 8, 'decision to receiver': 8, 'picture upload': 5 }
/** How long actions that are under way at the end are waited for, in milliseconds. */
const TAIL_MS = 15_000
/** A name that this machine resolves by its own list, so that its lookups are measured with the callbacks. */
const RECEIVER_HOST = 'localhost'

export interface HealthyMerchant extends AsyncDisposable {
  /** Go about the day for a while. */
  measure(durationMs: number): Promise<Record<Lane, Timings>>
}

/** A merchant whose receiver answers at once and that asks for little, at a steady pace. */
export async function openHealthyMerchant(server: Shenpi): Promise<HealthyMerchant> {
  const receiver = await startReceiver()
  const merchant = await createApplicant(server)
  await server.api.call(api.setCallback, {
    params: { appid: merchant.appid },
    body: {
      url: receiver.url.replace('127.0.0.1', RECEIVER_HOST),
      token: receiver.token,
      encoding_aes_key: receiver.encodingAesKey,
      mode: 'secure',
      format: 'json',
    },
  })
  const awaited = new Map<string, () => void>()
  receiver.answer = ({ message }) => {
    awaited.get(auditIdOf(message))?.()
    return { status: 200, body: 'success' }
  }
  const picture = new Blob([new Uint8Array(await aPicture())], { type: 'image/png' })
  let category = 0
  const apply = () => {
    category += 1
    return submit(server.url, merchant, category)
  }
  const known = await apply()

  /** Prepares an action. @returns the action itself, which is what is timed */
  const lanes: Record<Lane, () => Promise<() => Promise<void>>> = {
    'status query': async () => async () => {
      await ask(server.url, `/shop/audit/result?access_token=${merchant.token}`, JSON.stringify({ audit_id: known }))
    },
    submit: async () => async () => void (await apply()),
    'decision to receiver': async () => {
      const id = await apply()
      const { promise, resolve } = Promise.withResolvers<void>()
      awaited.set(id, resolve)
      return async () => {
        const body = { move: 'reject', reason: '证件不清晰' } as const
        await server.api.call(api.decideApplication, { params: { id }, version: 1, body })
        await promise
      }
    },
    'picture upload': async () => async () => {
      const form = new FormData()
      form.set('resp_type', '1')
      form.set('media', picture, 'picture')
      await ask(server.url, `/shop/img/upload?access_token=${merchant.token}`, form)
    },
  }

  return {
    async measure(durationMs) {
      const measured = LANES.map(async (lane) => [lane, await keepPace(lanes[lane], PACE[lane], durationMs)] as const)
      return Object.fromEntries(await Promise.all(measured)) as Record<Lane, Timings>
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  }
}

/** The members that tell of a decision are named differently in each message. */
function auditIdOf(message: object): string {
  const result = Object.values(message).find((value) => typeof value === 'object' && value && 'audit_id' in value)
  return (result as { audit_id: string } | undefined)?.audit_id ?? ''
}

async function ask(url: string, path: string, body: string | FormData): Promise<void> {
  const answer = await fetch(url + path, { method: 'POST', body })
  const { errcode, errmsg } = (await answer.json()) as { errcode: number; errmsg: string }
  if (errcode !== 0) throw new Error(`${path.split('?')[0]} was refused: ${errmsg}`)
}

/** Begin an action again and again, at its pace: one that takes long holds up no later one, and so hides none. */
async function keepPace(prepare: () => Promise<() => Promise<void>>, perSecond: number, durationMs: number) {
  const timings: Timings = { times: [], failures: [] }
  const begun: Promise<void>[] = []
  const startedAt = performance.now()
  const tail = new AbortController()
  const isOver = wait(durationMs + TAIL_MS, undefined, { signal: tail.signal }).catch(() => {})
  for (let count = 0; ; count += 1) {
    const dueAt = startedAt + (count * 1000) / perSecond
    if (dueAt > startedAt + durationMs) break
    await wait(Math.max(0, dueAt - performance.now()))
    begun.push(time(prepare, timings, isOver))
  }
  await Promise.all(begun)
  tail.abort()
  return timings
}

async function time(prepare: () => Promise<() => Promise<void>>, { times, failures }: Timings, isOver: Promise<void>) {
  let startedAt = performance.now()
  const isDone = await Promise.race([
    isOver.then(() => false),
    prepare()
      .then((act) => {
        startedAt = performance.now()
        return act()
      })
      .then(
        () => true,
        (error: Error) => {
          failures.push(error.message)
          return true
        },
      ),
  ])
  times.push(performance.now() - startedAt)
  if (!isDone) failures.push('it never ended')
}
