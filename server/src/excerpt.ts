/**
 * The beginning of a foreign text that can be stored and sent: at most `max` UTF-16 units, no character cut in half, and
 * U+FFFD for invalid Unicode and for U+0000, which PostgreSQL cannot store.
 */
export function excerptOf(text: string, max: number): string {
  const isCut = text.length > max && isHighSurrogate(text.charCodeAt(max - 1))
  return text
    .slice(0, isCut ? max - 1 : max)
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
