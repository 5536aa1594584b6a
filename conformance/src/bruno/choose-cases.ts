import type { ConformanceCase, Story } from '../case.ts'
import { STORIES_IN_ORDER } from '../runner/in-order.ts'
import { JudgedServer } from '../runner/judged-server.ts'
import type { Access } from '../runner/prepare.ts'
import { whyNot, whyUnknown } from '../runner/why-not.ts'
import { FACTS, type Given } from '../world/given.ts'
import { credentialPlaces } from '../world/places.ts'
import { CREDENTIALS, type Member } from '../world/world.ts'
import { withDerived } from './derived.ts'
import { PREPARE } from './prepare.cases.ts'
import { TIMES } from './times.ts'

/** A server on which nobody but one merchant acts. */
const SERVER = new JudgedServer({
  baseUrl: '',
  members: new Map([['merchant', CREDENTIALS.merchant]]),
  apiKey: undefined,
})
const OPTIONS = { write: true, hostile: false }
const FACTS_HERE = new Set(FACTS.filter((fact) => fact !== 'the stranger is a new account'))
const ACCESS = new Map<Member, Access>([['merchant', { hasShakeNearby: true, hasShop: true }]])

/**
 * The stories as far as one merchant can tell them by the wire: without staff, phones, other accounts, time that passes, and
 * what nobody would write by hand.
 */
export function chooseCases(): Story[] {
  const prepared = [...Object.keys(credentialPlaces('merchant', CREDENTIALS.merchant)), ...Object.keys(TIMES)]
  const known = [...prepared, ...PREPARE.flatMap(placesKept)]
  return STORIES_IN_ORDER.map((story) => chooseOf(story, new Set(known))).filter(({ cases }) => cases.length > 0)
}

function chooseOf({ subject, cases }: Story, known: Set<string>): Story {
  const missed = new Set<Given>()
  const situation = { server: SERVER, options: OPTIONS, access: ACCESS, facts: FACTS_HERE, missed, isUnchanged: false }
  const chosen = cases.filter((one) => {
    if (one.given) missed.add(one.given)
    const places = Object.fromEntries([...known].map((place) => [place, '']))
    if (one.given || whyNot(one, situation) || whyUnknown(one, places) || !isWritable(one)) return false
    for (const place of placesKept(one)) known.add(place)
    return true
  })
  return { subject, cases: chosen }
}

const placesKept = ({ keep = {} }: ConformanceCase): string[] =>
  Object.entries(keep).flatMap(([place, path]) => withDerived(place, path).map(([kept]) => kept))

/** Bruno encodes a query and holds no bytes: what is sent is what the case says, or the case is left out. */
const isWritable = ({ request, form, path, headers, query = '' }: ConformanceCase): boolean =>
  !form && !path && !headers && !query.includes('%') && !isOfOtherLines(request)

const isOfOtherLines = (request: unknown): boolean =>
  typeof request === 'string'
    ? request === '' || /[\r\n]/.test(request)
    : typeof request === 'object' && request !== null && 'base64' in request
