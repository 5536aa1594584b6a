import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Place } from './places.ts'
import { programs, type Step } from './program.ts'
import { runProgram } from './run-program.ts'

/** How far apart the machine's times of two runs are. */
const LATER_MS = 10 * 365 * 86_400_000

/**
 * Run random programs beside their model, each twice.
 *
 * @throws Error that tells the smallest program that fails
 */
export async function checkPrograms(
  place: Place,
  { count, seed, onProgress = () => {} }: { count: number; seed: number; onProgress?: (done: number) => void },
) {
  let done = 0
  const property = fc.asyncProperty(programs, fc.nat(), async (steps, programSeed) => {
    await runTwice(place, steps, String(programSeed))
    done += 1
    onProgress(done)
  })
  await fc.assert(property, { numRuns: count, seed })
}

async function runTwice(place: Place, steps: readonly Step[], seed: string): Promise<void> {
  const run = () => place(seed, (sandbox) => runProgram(steps, sandbox))
  const first = await run()
  const { now } = performance
  performance.now = () => now.call(performance) + LATER_MS
  try {
    assert.deepEqual(await run(), first)
  } finally {
    performance.now = now
  }
}
