import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { countTry, dropOldTries, forgetTries, type SlowedAfter, uncountTry } from './sign-in-limit.store.ts'
import type { SignInParts } from './sign-in-parts.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PACE = { pauseMs: MINUTE_MS, rememberedMs: HOUR_MS }

/** By the sort of what is guessed at. Of an account at a network from which it signed in before, and from all others. */
const SLOWED: Readonly<Record<Tried['sort'], SlowedAfter>> = {
  address: { wrongMax: 30, ...PACE },
  account: { wrongMax: 10, ...PACE },
  code: { wrongMax: 5, ...PACE },
}

/** Whose tries are counted together. */
export interface Tried {
  sort: 'address' | 'account' | 'code'
  of: string
}

const keyOf = ({ sort, of }: Tried) => `${sort} ${of}`

/**
 * Look at something that can be guessed, unless guesses went wrong too often: then one a minute is looked at.
 *
 * @param work answers nothing when it was wrong
 * @throws Problem `sign_in.tries_exceeded`
 */
export async function slowGuessing<T>(
  parts: SignInParts,
  tries: readonly Tried[],
  work: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const counted: (Tried & { wrong: number })[] = []
  for (const tried of tries) {
    const wrong = await countTry(parts.db, keyOf(tried), parts.clock.machine(), SLOWED[tried.sort])
    if (wrong === undefined) throw new Problem('sign_in.tries_exceeded', 'One try a minute is looked at.')
    counted.push({ ...tried, wrong })
  }
  try {
    const found = await work()
    if (found === undefined) await tellSlowed(parts, counted)
    else await forget(parts, tries)
    return found
  } catch (error) {
    // Nothing was looked at.
    for (const tried of tries) await uncountTry(parts.db, keyOf(tried))
    throw error
  }
}

/** What came from an address before is not forgotten: whoever guesses there may have an account of their own. */
async function forget({ db }: SignInParts, tries: readonly Tried[]): Promise<void> {
  for (const tried of tries) {
    if (tried.sort === 'address') await uncountTry(db, keyOf(tried))
    else await forgetTries(db, keyOf(tried))
  }
}

/** Tell operators when a limit is reached: once, in the log and in the trail. */
async function tellSlowed({ db, clock, log }: SignInParts, counted: readonly (Tried & { wrong: number })[]) {
  await dropOldTries(db, clock.machine() - 24 * HOUR_MS)
  for (const { sort, of, wrong } of counted) {
    if (wrong !== SLOWED[sort].wrongMax) continue
    const detail = { sort, of, wrong }
    log.warn(detail, 'somebody guesses: sign-ins are slowed down')
    await changeInstallation(db, async ({ append }) => {
      append({ at: clock.now(), actor: 'server', action: 'sign_in.slow', detail })
    })
  }
}
