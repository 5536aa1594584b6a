import type { Call } from '@shenpi/sdk/contract/call'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { WireRequest } from '../exchange.ts'
import type { MemberName, World } from '../world.ts'

/** A request, and the problem that it is refused with. */
export interface Refusal {
  call: Call
  name: string
  problem: ProblemCode
  /** Whose token it carries; null: the request says itself. */
  as: MemberName | null
  request: (world: World) => WireRequest | Promise<WireRequest>
}

/** Cases of one call by one account: what is wrong, with which problem, and the body. */
export const bodies = (
  call: Call,
  as: MemberName,
  problem: ProblemCode,
  rows: readonly (readonly [name: string, body: unknown | ((world: World) => unknown)])[],
): Refusal[] =>
  rows.map(([name, body]) => ({
    call,
    name,
    problem,
    as,
    request: async (world) => ({ body: typeof body === 'function' ? await body(world) : body }),
  }))

/** Bodies that are JSON, but no object. */
export const NO_OBJECTS = [
  ['an array', '[]'],
  ['a text', '"text"'],
  ['a number', '5'],
  ['true', 'true'],
  ['null', 'null'],
] as const

/** Values that are no whole number from 0 up, nor digits that spell one. */
export const NO_NUMBERS = [
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
] as const

/** Values that are no text. */
export const NO_TEXTS = [
  ['a number', 5],
  ['true', true],
  ['an array', ['text']],
  ['an object', {}],
] as const

/** Texts that weigh one more than `wide` Chinese or `2 * wide` English characters. Source: docs/protocol/conventions.md, text length. */
export const tooLong = (wide: number) =>
  [
    [`${wide} and one Chinese characters`, '王'.repeat(wide + 1)],
    [`${2 * wide} and one letters`, 'w'.repeat(2 * wide + 1)],
    [`${wide} Chinese characters and a letter`, `${'王'.repeat(wide)}w`],
    [`${wide} and one emoji`, '😀'.repeat(wide + 1)],
    [`${wide} and one letters with accents`, 'é'.repeat(wide + 1)],
  ] as const

/** Texts that weigh exactly as much as they may. */
export const longest = (wide: number) =>
  [
    [`${wide} Chinese characters`, '王'.repeat(wide)],
    [`${2 * wide} letters`, 'w'.repeat(2 * wide)],
    ['half and half', `${'王'.repeat(wide - 1)}ww`],
    [`${wide} emoji`, '😀'.repeat(wide)],
  ] as const
