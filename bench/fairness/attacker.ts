import { parentPort, Worker, workerData } from 'node:worker_threads'
import { createApiClient } from '@shenpi/sdk/client'
import { ATTACKS } from './attacks.ts'
import type { Target } from './target.ts'

interface Orders extends Omit<Target, 'api'> {
  attack: string
  apiKey: string
}

export interface Attacker extends AsyncDisposable {
  /** Begin. @returns when the attack is under way */
  begin(): Promise<void>
}

/** Prepare an attack on a thread of its own, so that its work does not slow down the measuring. */
export async function startAttacker(orders: Orders): Promise<Attacker> {
  const worker = new Worker(new URL(import.meta.url), { workerData: orders })
  const done = () =>
    new Promise<void>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  await done()
  return {
    async begin() {
      worker.postMessage('begin')
      await done()
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}

if (parentPort) {
  const { attack, apiKey, url, place } = workerData as Orders
  const begin = await ATTACKS[attack]?.({ url, place, api: createApiClient({ url, key: apiKey }) })
  const port = parentPort
  port.once('message', async () => {
    await begin?.()
    port.postMessage('under way')
  })
  port.postMessage('ready')
}
