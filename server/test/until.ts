import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

/** Wait until a condition holds, and answer what it answered. For what only another process or a socket can tell. */
export async function until<T>(condition: () => T | Promise<T>, timeoutMs = 20_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await condition()
    if (value) return value
    assert.ok(performance.now() < deadline, `not within ${timeoutMs} ms: ${condition}`)
    await pause(10)
  }
}
