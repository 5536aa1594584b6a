let last = 0

/** A number that is higher than every one before: tells what was asked for earlier than something else was told. */
export function nextMoment(): number {
  last += 1
  return last
}
