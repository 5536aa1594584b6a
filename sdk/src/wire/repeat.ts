import { UnansweredError } from '../exchange.ts'
import { BUSY_ERRCODE, WireError } from './wire-error.ts'

/** The waits before the second, third and fourth try of a call that is safe to repeat. Unit: milliseconds. */
export const GAPS_MS: readonly number[] = [250, 1000, 4000]

/** Whether a repeat may end better: the platform was busy, or nobody of the platform answered. */
function mayPass(error: unknown): boolean {
  if (error instanceof WireError) return error.errcode === BUSY_ERRCODE
  return error instanceof UnansweredError && (error.status === undefined || error.status < 300 || error.status >= 500)
}

/** Try, and try again after each gap while the failure is one that may pass. */
export async function repeat<T>(gapsMs: readonly number[], work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (const gapMs of gapsMs) {
    try {
      return await work()
    } catch (error) {
      if (!mayPass(error)) throw error
    }
    // Spread out, so that clients that failed together do not come back together.
    await sleep(gapMs * (0.5 + Math.random() / 2), signal)
  }
  return await work()
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const passed = new Promise<void>((done) => {
    timer = setTimeout(done, ms)
  })
  try {
    await orAborted(passed, signal)
  } finally {
    clearTimeout(timer) // or it would keep the process of who gave up from ending
  }
}

/** Wait for something that others wait for too: who gives up leaves it running. */
export function orAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
