import fc from 'fast-check'
import type { Mutation } from './mutation.ts'
import { anyText } from './text.ts'

/** Objects with members that mean something to JavaScript. */
const PROTOTYPES = [
  '{"__proto__":{"x":1}}',
  '{"__proto__":null}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":1,"valueOf":1,"toJSON":1}',
  '{"length":5,"0":"a"}',
  '{"then":1}',
].map((text) => JSON.parse(text) as unknown)
const MEMBER_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'toJSON',
  'length',
  '',
  '0',
  '$ref',
  'x',
]

const NUMBERS = [0, -1, 1, 1.5, -0.5, 65_536, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 63, 1e21, 1e308, 5e-324]
const TEXTS = [
  ...['', ' ', '0', '1', '-1', '1.0', '１', '٣', '1e3', '0x10', ' 1', '9007199254740993', '99999999999999999999'],
  ...[
    '\0',
    'a\0b',
    '\ud800',
    '\udc00\ud800',
    '__proto__',
    'constructor',
    'null',
    'true',
    '[object Object]',
    '[]',
    '{}',
  ],
  ...['../../etc/passwd', "' or 1=1 --", '";drop table account;--', '<![CDATA[x]]>', '%00', '%', '{{x}}'],
  ...['http://', 'https://', 'http://[', 'http://\0', 'http:// /', 'javascript:alert(1)', 'http://127.0.0.1:1/', '//x'],
  ...['2026-02-30 00:00:00', 'NaN', 'Infinity', '\u202e', '\ufeff', 'wx0000000000000000', '1-1', '1-0', '0-1'],
]
/** Just above where limits of texts and lists are. */
const LENGTHS = [11, 13, 21, 31, 33, 41, 51, 65, 101, 201, 257, 501, 1001, 1025, 2049, 4097]

const nested = (depth: number, shell: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1
  for (let count = 0; count < depth; count += 1) value = shell(value)
  return value
}
const DEPTHS = [nested(3, (inner) => [inner]), nested(500, (inner) => [inner]), nested(500, (inner) => ({ a: inner }))]

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], [{}]) },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 2, arbitrary: anyText(24) },
  { weight: 2, arbitrary: fc.constantFrom(...PROTOTYPES) },
  { weight: 1, arbitrary: fc.constantFrom(...DEPTHS) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('w', '审', '😀', '0', '\u0001'), fc.constantFrom(...LENGTHS))
      .map(([letter, length]) => letter.repeat(length)),
  },
)

/** A value that is near another one, and perhaps just outside of what is allowed. */
type Near = (value: unknown) => unknown

const NEAR_NUMBERS: readonly ((value: number) => unknown)[] = [
  (value) => value + 1,
  (value) => value - 1,
  (value) => -value,
  (value) => value + 0.5,
  (value) => value * 1000,
  (value) => value + 2 ** 32,
  (value) => String(value),
  (value) => ` ${value}`,
  (value) => `${value}.0`,
  (value) => [value],
  (value) => value > 0,
]
const INSERTS = ['\0', '\ud800', '\n', ' ', '"', '%', '\u202e', ',', '/']
const nearText =
  (insert: string, at: number): ((value: string) => string) =>
  (value) => {
    const place = value.length === 0 ? 0 : at % (value.length + 1)
    return value.slice(0, place) + insert + value.slice(place)
  }
const NEAR_TEXTS: readonly ((value: string) => unknown)[] = [
  (value) => value.slice(1),
  (value) => value.slice(0, -1),
  (value) => value.toUpperCase(),
  (value) => value + value,
  (value) => [value],
  (value) => Number(value) || 0,
  (value) => value.padEnd(value.length + 40, 'w'),
]

/** The most items of a longer list with all its lists. */
const PLACES_MAX = 20_000

function repeat(list: readonly unknown[], length: number): unknown[] {
  const each = 1 + placesIn(list).length / Math.max(1, list.length)
  return Array.from(
    { length: Math.min(length, Math.ceil(PLACES_MAX / each)) },
    (_, index) => list[index % list.length] ?? null,
  )
}

const nearby: fc.Arbitrary<Near> = fc
  .tuple(
    fc.constantFrom(...NEAR_NUMBERS),
    fc.oneof(
      fc.constantFrom(...NEAR_TEXTS),
      fc.tuple(fc.constantFrom(...INSERTS), fc.nat(40)).map(([insert, at]) => nearText(insert, at)),
    ),
    fc.constantFrom(...LENGTHS),
  )
  .map(([nearNumber, near, length]) => (value) => {
    if (typeof value === 'number') return nearNumber(value)
    if (typeof value === 'string') return near(value)
    if (Array.isArray(value)) return repeat(value, length)
    if (typeof value === 'object' && value !== null) return [value]
    return value === true ? 1 : 'true'
  })

interface Place {
  holder: Record<string, unknown> | unknown[]
  key: string | number
}

/** Every place in a value below its top, from the outside in. */
function placesIn(value: unknown): Place[] {
  const places: Place[] = []
  const holders = [value]
  for (const holder of holders) {
    if (typeof holder !== 'object' || holder === null) continue
    const keys = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder)
    for (const key of keys) {
      places.push({ holder: holder as Place['holder'], key })
      holders.push(valueAt(holder, key))
    }
  }
  return places
}

/** Change one of the texts in a value; without any it stays as it is. */
function changeText(value: unknown, at: number, change: (text: string) => unknown): unknown {
  const copy = structuredClone(value)
  const texts = placesIn(copy).filter(({ holder, key }) => typeof valueAt(holder, key) === 'string')
  const place = texts[at % texts.length]
  if (place) set(place.holder, place.key, change(String(valueAt(place.holder, place.key))))
  return copy
}

/** Change what stands at one place of a value; the top as well. @param change undefined removes it */
function changeAt(value: unknown, at: number, change: Near | undefined): unknown {
  const copy = structuredClone(value)
  const places = placesIn(copy)
  const place = places[at % (places.length + 1)]
  if (!place) return change ? change(copy) : {}
  const { holder, key } = place
  if (change) set(holder, key, change(valueAt(holder, key)))
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
  return copy
}

const valueAt = (holder: object, key: string | number) => (holder as Record<string | number, unknown>)[key]

/** Also where the key is `__proto__`. */
function set(holder: object, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const at = fc.nat(30)
const inValue = (name: string, change: (value: unknown) => unknown): Mutation => ({ name, in: 'value', change })

/** Members that are missing, of another type, of another value, beyond a limit, or too many. */
export const valueMutations: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 2,
    arbitrary: at.map((place) => inValue(`without #${place}`, (value) => changeAt(value, place, undefined))),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(at, anyJson)
      .map(([place, other]) => inValue(`#${place} replaced`, (value) => changeAt(value, place, () => other))),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(at, nearby)
      .map(([place, near]) => inValue(`#${place} changed`, (value) => changeAt(value, place, near))),
  },
  {
    // A character that PostgreSQL cannot store, in any text.
    weight: 2,
    arbitrary: fc
      .tuple(at, fc.nat(40))
      .map(([place, index]) =>
        inValue(`U+0000 in text #${place}`, (value) => changeText(value, place, nearText('\0', index))),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(at, fc.constantFrom(...MEMBER_NAMES), anyJson).map(([place, name, member]) =>
      inValue(`#${place} with ${name}`, (value) =>
        changeAt(value, place, (holder) => {
          if (!isObject(holder)) return holder
          set(holder, name, member)
          return holder
        }),
      ),
    ),
  },
)
