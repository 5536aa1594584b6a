const OFFSET_MS = 8 * 60 * 60 * 1000

/** A time as a field for times shows it, on China's clock. */
export const toChinaInput = (time: string | undefined): string =>
  time === undefined ? '' : new Date(Date.parse(time) + OFFSET_MS).toISOString().slice(0, 16)

/** The time that somebody means by what such a field holds; undefined where it is not whole. */
export function fromChinaInput(typed: string): string | undefined {
  const at = Date.parse(`${typed}Z`)
  return typed === '' || Number.isNaN(at) ? undefined : new Date(at - OFFSET_MS).toISOString()
}
