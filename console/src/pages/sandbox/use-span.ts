import { useSandboxText } from './use-sandbox-text.ts'

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A length of time in its two largest units. @example span(90_061_000) // '1 d 1 h' */
export function useSpan(): (ms: number) => string {
  const { units } = useSandboxText().clock
  return (ms) => {
    // Two clocks are read some milliseconds apart: a day less one of them is a day.
    let rest = Math.round(Math.abs(ms) / 1000) * 1000
    const parts: string[] = []
    for (const [name, length] of UNITS) {
      const count = Math.floor(rest / length)
      rest -= count * length
      if (count > 0 && parts.length < 2) parts.push(`${count} ${units[name]}`)
    }
    return parts.join(' ')
  }
}
