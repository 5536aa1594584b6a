import type { Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import { AccountClocks } from '../time/account-clocks.ts'
import type { Clock } from '../time/clock.ts'
import { listClocks } from './clocks/clock.store.ts'

/** What a sandbox alone has. Production has none: whoever asks for a part of it finds nothing there. */
export interface Sandbox {
  clocks: AccountClocks
}

/** A sandbox as it was left. @param machine what the clocks run on */
export async function openSandbox(db: Database, machine: Clock, caches: Caches): Promise<Sandbox> {
  return { clocks: await AccountClocks.open(machine, () => listClocks(db), caches) }
}
