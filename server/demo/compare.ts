/** What a value must be beyond its type. */
export type Wanted = string | number | RegExp | Rule | WantedMembers

interface WantedMembers {
  readonly [member: string]: Wanted
}

export interface Rule {
  /** Completes “it must be …”. */
  be: string
  holds: (value: unknown) => boolean
}

/** An answer as it is documented. */
export interface Documented {
  /** The published example: an answer has exactly its members, of its types, and its `errcode` and `errmsg`. */
  like: object
  /** Values that this answer must have, in the example's place. */
  where?: WantedMembers
}

/** The text of a refusal ends in the request's id. Source: docs/protocol/conventions.md, rid. */
const REFUSAL_TEXT = /^\S.* rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

/** Unix seconds of something that the demo has just done. */
export const JUST_NOW: Rule = {
  be: 'Unix seconds of the last minute',
  holds: (value) => typeof value === 'number' && Math.abs(Date.now() / 1000 - value) < 60,
}

/** The answer to a call that is refused: `errcode` and `errmsg`, nothing else. */
export const refused = (errcode: number): Documented => ({
  like: { errcode, errmsg: '' },
  where: { errmsg: REFUSAL_TEXT },
})

/** How an answer differs from what is documented, a sentence for each difference. */
export function differences({ like, where = {} }: Documented, answer: unknown): string[] {
  const fixed = Object.entries(like).filter(([name]) => name === 'errcode' || name === 'errmsg')
  return compare('', like, { ...Object.fromEntries(fixed), ...where }, answer)
}

function compare(path: string, example: unknown, wanted: Wanted | undefined, value: unknown): string[] {
  const name = path || 'the answer'
  if (typeOf(value) !== typeOf(example)) return [`${name} is ${typeOf(value)}, the document has ${typeOf(example)}`]
  if (isObject(value) && isObject(example)) return compareMembers(path, example, membersOf(wanted), value)
  if (Array.isArray(value) && Array.isArray(example)) {
    const [sample] = example
    return value.flatMap((item, index) => compare(`${path}[${index}]`, sample, undefined, item))
  }
  return wanted === undefined || fits(wanted, value)
    ? []
    : [`${name} is ${JSON.stringify(value)}, it must be ${describe(wanted)}`]
}

function compareMembers(path: string, example: Members, wanted: WantedMembers, value: Members): string[] {
  const at = (name: string) => (path ? `${path}.${name}` : name)
  const extra = Object.keys(value).filter((name) => !Object.hasOwn(example, name))
  return [
    ...extra.map((name) => `${at(name)} is there, the document has no such member`),
    ...Object.entries(example).flatMap(([name, sample]) =>
      Object.hasOwn(value, name) ? compare(at(name), sample, wanted[name], value[name]) : [`${at(name)} is missing`],
    ),
  ]
}

/** What the members of a value must be; nothing where it is wanted as a whole. */
function membersOf(wanted: Wanted | undefined): WantedMembers {
  return typeof wanted === 'object' && !(wanted instanceof RegExp) && !isRule(wanted) ? wanted : {}
}

function fits(wanted: Wanted, value: unknown): boolean {
  if (wanted instanceof RegExp) return typeof value === 'string' && wanted.test(value)
  return isRule(wanted) ? wanted.holds(value) : wanted === value
}

function describe(wanted: Wanted): string {
  if (wanted instanceof RegExp) return `text like ${wanted}`
  return isRule(wanted) ? wanted.be : JSON.stringify(wanted)
}

function isRule(wanted: Wanted): wanted is Rule {
  return typeof wanted === 'object' && 'holds' in wanted && typeof wanted.holds === 'function'
}

type Members = Record<string, unknown>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (value === undefined) return 'nothing'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
