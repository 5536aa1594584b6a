import type { Caches } from '../caches.ts'
import type { Clock } from './clock.ts'

/**
 * Read something at most once in so many milliseconds, whoever asks: for what a probe asks again and again. One that fails
 * is asked again.
 *
 * @example
 * const countWaiting = readSeldom(services, 3000, () => count(db))
 */
export function readSeldom<T>(
  { clock, caches }: { clock: Clock; caches: Caches },
  everyMs: number,
  read: () => Promise<T>,
): () => Promise<T> {
  let last: { until: number; answer: Promise<T> } | undefined
  caches.register({
    empty() {
      last = undefined
    },
  })
  return () => {
    const now = clock.machine()
    if (last && now < last.until) return last.answer
    const asked = { until: now + everyMs, answer: read() }
    last = asked
    asked.answer.catch(() => {
      asked.until = now
    })
    return asked.answer
  }
}
