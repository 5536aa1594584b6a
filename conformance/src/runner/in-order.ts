import type { Story } from '../case.ts'
import { STORIES } from '../stories.ts'

/** Stories that count what an account has come first; those that change what it may do come last. */
const FIRST = ['pages', 'groups', 'devices', 'stores', 'brands']
const LAST = ['device-batches', 'shop-access']
const orderOf = ({ subject }: Story): number =>
  FIRST.includes(subject) ? FIRST.indexOf(subject) : FIRST.length + 1 + LAST.indexOf(subject)

/** The stories as one account can go through them, one after the other. */
export const STORIES_IN_ORDER: readonly Story[] = STORIES.toSorted((a, b) => orderOf(a) - orderOf(b))
