import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

/** Wait until a condition holds, and return its value. For conditions that only a process or a socket can tell. */
export async function until<T>(
  condition: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value) return value as Exclude<T, false | null | undefined>
    assert.ok(performance.now() < deadline, `not within ${timeoutMs} ms: ${condition}`)
    await pause(10)
  }
}
