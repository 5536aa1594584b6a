import { changeInstallation } from '../journal/change-installation.ts'
import { Problem } from '../problem.ts'
import { countTry, dropOldTries, forgetTries, type SlowedAfter, uncountTry } from './sign-in-limit.store.ts'
import type { SignInParts } from './sign-in-parts.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PACE = { pauseMs: MINUTE_MS, rememberedMs: HOUR_MS }

interface Slowed extends SlowedAfter {
  /** Wrong tries at which operators are told. */
  toldAt: readonly number[]
}

/** By the sort of what is guessed at. */
const SLOWED: Readonly<Record<Tried['sort'], Slowed>> = {
  address: { wrongMax: 30, toldAt: [30], ...PACE },
  // A name at one network: there alone, so that no stranger keeps its owner out elsewhere.
  place: { wrongMax: 10, toldAt: [], ...PACE },
  // A name wherever it is guessed: only told.
  account: { wrongMax: 2 ** 31 - 1, toldAt: [10, 100, 1000, 10_000, 100_000], ...PACE },
  code: { wrongMax: 5, toldAt: [5], ...PACE },
}

/** Whose tries are counted together. */
export interface Tried {
  sort: 'address' | 'place' | 'account' | 'code'
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
  try {
    for (const tried of tries) {
      const wrong = await countTry(parts.db, keyOf(tried), parts.clock.machine(), SLOWED[tried.sort])
      if (wrong === undefined) throw new Problem('sign_in.tries_exceeded', 'One try a minute is looked at.')
      counted.push({ ...tried, wrong })
    }
    const found = await work()
    if (found === undefined) await tellGuessing(parts, counted)
    else await forget(parts, tries)
    return found
  } catch (error) {
    // Nothing was looked at.
    for (const tried of counted) await uncountTry(parts.db, keyOf(tried))
    throw error
  }
}

/** Only what was wrong for the same person at the same place is forgotten: the rest may be somebody else's guesses. */
async function forget({ db }: SignInParts, tries: readonly Tried[]): Promise<void> {
  for (const tried of tries) {
    if (tried.sort === 'place' || tried.sort === 'code') await forgetTries(db, keyOf(tried))
    else await uncountTry(db, keyOf(tried))
  }
}

/** Tell operators of guesses, in the log and in the trail: once, and again when they are ten times as many. */
async function tellGuessing({ db, clock, log }: SignInParts, counted: readonly (Tried & { wrong: number })[]) {
  await dropOldTries(db, clock.machine() - 24 * HOUR_MS)
  for (const { sort, of, wrong } of counted) {
    if (!SLOWED[sort].toldAt.includes(wrong)) continue
    const detail = { sort, of, wrong }
    log.warn(detail, 'somebody guesses: sign-ins are slowed down')
    await changeInstallation(db, async ({ append }) => {
      append({ at: clock.installation(), actor: 'server', action: 'sign_in.slow', detail })
    })
  }
}
