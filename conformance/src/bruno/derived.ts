/** A name that Bruno keeps, and the expression over the response that it is kept of. */
type Kept = readonly [place: string, expression: string]

/** As long as a link may be, and longer. Unit: characters. */
const LINK_LENGTHS = [2048, 2049]
const HOST = '/^https?:\\/\\/[^/]+/'

/** What is kept of one member of an answer: itself, and what the world derives from it (`linkPlaces`, `devicePlaces`). */
export function withDerived(place: string, expression: string): Kept[] {
  const itself: Kept = [place, expression]
  if (/^uuid\d+$/.test(place)) return [itself, [`${place}InSmallLetters`, `${expression}.toLowerCase()`]]
  if (!/(Icon|Picture|Photo)$/.test(place)) return [itself]
  const path = `${expression}.replace(${HOST}, '')`
  return [
    itself,
    [`${place}Path`, path],
    ...LINK_LENGTHS.map((length): Kept => {
      const host = `'http://' + 'p'.repeat(${length - 'http://'.length} - ${path}.length)`
      return [`${place}Of${length}`, `${host} + ${path}`]
    }),
  ]
}
