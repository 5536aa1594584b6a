/** What each place stands for. */
export type Places = Readonly<Record<string, unknown>>

/** A place, or the text that it is written as. */
const PLACE = /\{(\w+)(\.text)?\}/

/** A value of a request with what its places stand for. A place that nobody knows stays as it is. */
export function fill(value: unknown, places: Places): unknown {
  if (typeof value === 'string') {
    const { 0: whole, 1: place = '', 2: text } = PLACE.exec(value) ?? []
    if (whole === value && !text && Object.hasOwn(places, place)) return places[place]
    return value.replace(new RegExp(PLACE, 'g'), (found, name: string) =>
      Object.hasOwn(places, name) ? String(places[name]) : found,
    )
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, places))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, places)]))
}

/** The places that a value names. */
export function placesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(new RegExp(PLACE, 'g'))].map(([, place = '']) => place)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(placesIn) : []
}
