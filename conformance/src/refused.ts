import type { Call } from '@shenpi/sdk/contract/call'
import type { ConformanceCase } from './case.ts'
import type { PictureName } from './files/pictures.ts'
import type { Member } from './world/world.ts'

/** What is wrong, and the request. */
export type Row = readonly [name: string, request: unknown]

/** Cases of one call by one member that are refused alike. */
export const refused = (call: Call, by: Member | null, errcode: number, rows: readonly Row[]): ConformanceCase[] =>
  rows.map(([name, request]) => ({ name, call, ...(by !== 'merchant' && { by }), request, errcode }))

/** A file, and the media type that it says it has where that is not its own. */
export type SentFile = PictureName | readonly [PictureName, mediaType: string]

/** Cases of an upload by one member whose files are refused alike. */
export const refusedFiles = (call: Call, by: Member, errcode: number, files: readonly SentFile[]): ConformanceCase[] =>
  files.map((file) => {
    const [is, mediaType] = typeof file === 'string' ? [file] : file
    const name = mediaType ? `${is} that says it is ${mediaType}` : is
    return { name, call, ...(by !== 'merchant' && { by }), file: { is, ...(mediaType && { mediaType }) }, errcode }
  })

/** The same change of one member of a request, over many values. */
export const each = (
  request: (changes: Record<string, unknown>) => unknown,
  field: string,
  values: readonly Row[],
): Row[] => values.map(([name, value]) => [`${field} ${name}`, request({ [field]: value })])

/** A member that is not there. */
export const ABSENT: readonly Row[] = [
  ['absent', undefined],
  ['null', null],
]

/** PostgreSQL cannot store it, so no database does. */
export const NUL: Row = ['with U+0000', 'a\u0000b']

/** Bodies that are JSON, but no object. */
export const NO_OBJECTS: readonly Row[] = [
  ['the body an array', '[]'],
  ['the body a text', '"text"'],
  ['the body a number', '5'],
  ['the body true', 'true'],
  ['the body null', 'null'],
]

/** Values that are no whole number from 0 up, nor digits that spell one. */
export const NO_NUMBERS: readonly Row[] = [
  ['negative', -1],
  ['a fraction', 1.5],
  ['a word', 'three'],
  ['digits with a sign', '-3'],
  ['digits with a point', '3.0'],
  ['digits with a blank', ' 3'],
  ['full-width digits', '３'],
  ['true', true],
  ['an array', [3]],
  ['an object', {}],
  ['more than a number holds exactly', 9007199254740992],
  ['more digits than a number holds exactly', '9007199254740993'],
]

/** Values that are no text. */
export const NO_TEXTS: readonly Row[] = [
  ['a number', 5],
  ['true', true],
  ['an array', ['text']],
  ['an object', {}],
]

/** Texts that weigh one more than `wide` Chinese or `2 * wide` English characters. Source: docs/protocol/conventions.md, text length. */
export const tooLong = (wide: number): Row[] => [
  [`of ${wide} and one Chinese characters`, '王'.repeat(wide + 1)],
  [`of ${2 * wide} and one letters`, 'w'.repeat(2 * wide + 1)],
  [`of ${wide} Chinese characters and a letter`, `${'王'.repeat(wide)}w`],
  [`of ${wide} and one emoji`, '😀'.repeat(wide + 1)],
  [`of ${wide} and one letters with accents`, 'é'.repeat(wide + 1)],
]

/** Texts that weigh exactly as much as they may. */
export const longest = (wide: number): Row[] => [
  [`of ${wide} Chinese characters`, '王'.repeat(wide)],
  [`of ${2 * wide} letters`, 'w'.repeat(2 * wide)],
  ['half and half', `${'王'.repeat(wide - 1)}ww`],
  [`of ${wide} emoji`, '😀'.repeat(wide)],
]
