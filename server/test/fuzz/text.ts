import fc from 'fast-check'

/** Characters that programs stumble over, but neither U+0000 nor half of a surrogate pair, which the contract refuses. */
const AWKWARD = ['\u0001', '\t', '\n', '\r', '\u001f', '\u0085', '\u00a0', '\u2028', '\ufeff', '\u202e', '\ufffe']
const SYNTAX = ['"', "'", '\\', '/', '<', '&', ']]>', '%', '{', '}', '${', '`', '--', '//', '/*', '?', '#', ',', '=']

const characters = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
  { weight: 4, arbitrary: fc.constantFrom('审', '批', '山', '茶', '店', 'é', 'ß', 'İ', '٣', 'あ', '한') },
  { weight: 1, arbitrary: fc.constantFrom('😀', '👩‍👩‍👧', '🇨🇳', '𠮷', 'e\u0301') },
  { weight: 1, arbitrary: fc.constantFrom(...SYNTAX) },
  { weight: 1, arbitrary: fc.constantFrom(...AWKWARD) },
)

const LENGTH_MAX = 24

/** Texts of all sorts, at most so many characters. */
export const anyText = (characterCount: number): fc.Arbitrary<string> =>
  fc.string({ unit: characters, maxLength: Math.min(characterCount, LENGTH_MAX), size: 'max' })
