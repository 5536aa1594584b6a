/** With its zone: without one it would be another time on another machine. */
const WITH_ZONE = /T.*(?:Z|[+-]\d\d:?\d\d)$/i

/**
 * A time as a test gives it.
 *
 * @param name what it is given as
 * @throws Error when it is none
 */
export function readTime(name: string, given: Date | string): Date {
  const time = new Date(given)
  const isWhole = typeof given !== 'string' || WITH_ZONE.test(given)
  if (isWhole && !Number.isNaN(time.getTime())) return time
  throw new Error(`${name}: "${given}" is no time with its zone, like 2026-09-28T09:00+08:00`)
}
