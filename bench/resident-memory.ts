import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Memory counts as settled when it has not moved by more than this between two looks, after two seconds at least. */
const STEADY_KB = 256
const LOOK_EVERY_MS = 500
const LOOKS_MIN = 5
const LOOKS_MAX = 20

/** A process's resident memory once it does not move any more. Unit: kilobytes. */
export async function settledKb(pid: number): Promise<number> {
  let before = residentKb(pid)
  for (let look = 1; ; look += 1) {
    await wait(LOOK_EVERY_MS)
    const now = residentKb(pid)
    if (look >= LOOKS_MAX || (look >= LOOKS_MIN && Math.abs(now - before) <= STEADY_KB)) return now
    before = now
  }
}

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}
