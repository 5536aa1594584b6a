import type { ConformanceCase, Story } from '../case.ts'
import { placesIn } from '../fill.ts'
import { STORIES_IN_ORDER } from '../runner/in-order.ts'
import { JudgedServer } from '../runner/judged-server.ts'
import type { Access } from '../runner/prepare.ts'
import { whyNot, whyUnknown } from '../runner/why-not.ts'
import { FACTS, type Fact, type Given } from '../world/given.ts'
import { credentialPlaces } from '../world/places.ts'
import { CREDENTIALS, type Member } from '../world/world.ts'
import { withDerived } from './derived.ts'
import { NEW_DEVICES, PREPARE } from './prepare.cases.ts'
import { TIMES } from './times.ts'

/** A server on which nobody but one merchant acts. */
const SERVER = new JudgedServer({
  baseUrl: '',
  members: new Map([['merchant', CREDENTIALS.merchant]]),
  apiKey: undefined,
})
const OPTIONS = { write: true, hostile: false }
const NOT_SO: readonly Fact[] = ['the stranger is a new account', 'it has no other devices']
const FACTS_HERE = new Set(FACTS.filter((fact) => !NOT_SO.includes(fact)))
const ACCESS = new Map<Member, Access>([['merchant', { hasShakeNearby: true, hasShop: true }]])

/**
 * The stories as far as one merchant can tell them by the wire: without staff, phones, other accounts, time that passes, and
 * what nobody would write by hand.
 */
export function chooseCases(): Story[] {
  const prepared = [...Object.keys(credentialPlaces('merchant', CREDENTIALS.merchant)), ...Object.keys(TIMES)]
  const known = [...prepared, ...[...PREPARE, ...NEW_DEVICES].flatMap(placesKept)]
  const chosen = STORIES_IN_ORDER.map((story) => chooseOf(story, new Set(known)))
  return chosen.filter(({ cases }) => cases.length > 0).map(withDevices)
}

const DEVICE_PLACES = new Set(NEW_DEVICES.flatMap(placesKept))

const withDevices = ({ subject, cases }: Story): Story =>
  cases.some(({ request, answer }) => placesIn([request, answer]).some((place) => DEVICE_PLACES.has(place)))
    ? { subject, cases: [...NEW_DEVICES, ...cases] }
    : { subject, cases }

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

function placesKept({ keep = {} }: ConformanceCase): string[] {
  return Object.entries(keep).flatMap(([place, path]) => withDerived(place, path).map(([kept]) => kept))
}

/** Bruno encodes a query and holds no bytes: what is sent is what the case says, or the case is left out. */
const isWritable = ({ request, form, path, headers, query = '' }: ConformanceCase): boolean =>
  !form && !path && !headers && !query.includes('%') && !isOfOtherLines(request)

const isOfOtherLines = (request: unknown): boolean =>
  typeof request === 'string'
    ? request === '' || /[\r\n]/.test(request)
    : typeof request === 'object' && request !== null && 'base64' in request
