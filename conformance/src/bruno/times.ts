import { timePlaces } from '../world/places.ts'

/** Unit: seconds. */
const DAY_S = 86_400
const CHINA_S = 8 * 3600
/** A midnight in China, and an hour behind it. */
const MIDNIGHT = 20_000 * DAY_S - CHINA_S
const LATER = MIDNIGHT + 3600

const atMidnight = timePlaces(MIDNIGHT)
const later = timePlaces(LATER)

/** The places of time, each as an expression of `now` and of today's `midnight` in China. Unit: Unix seconds. */
export const TIMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(later).flatMap(([place, at]) => {
    if (typeof at !== 'number') return []
    const follows = at === atMidnight[place] ? 'midnight' : 'now'
    const seconds = at - (follows === 'now' ? LATER : MIDNIGHT)
    return [[place, `${follows} ${seconds < 0 ? '-' : '+'} ${Math.abs(seconds)}`]]
  }),
)

/** The script that sets those of them that requests name, before the first request. */
export const setTimes = (named: ReadonlySet<string>): string[] => [
  'const now = Math.floor(Date.now() / 1000)',
  `const midnight = Math.floor((now + ${CHINA_S}) / ${DAY_S}) * ${DAY_S} - ${CHINA_S}`,
  ...Object.entries(TIMES)
    .filter(([place]) => named.has(place))
    .map(([place, expression]) => `bru.setVar('${place}', ${expression})`),
]
