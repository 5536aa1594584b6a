import type { Database } from '../db/open.ts'
import { AccountClocks } from '../time/account-clocks.ts'
import type { Clock } from '../time/clock.ts'
import { listClocks } from './clocks/clock.store.ts'

/** What a sandbox alone has. Production has none: whoever asks for a part of it finds nothing there. */
export interface Sandbox {
  clocks: AccountClocks
}

/** A sandbox as it was left. @param machine what the clocks run on */
export async function openSandbox(db: Database, machine: Clock): Promise<Sandbox> {
  return { clocks: new AccountClocks(machine, await listClocks(db)) }
}
