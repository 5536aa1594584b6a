import type { TObject, TSchema, TUnion, Type as TypeBox, Kind as TypeBoxKind } from '@sinclair/typebox'

/** What TypeBox knows a schema by. */
export const Kind: typeof TypeBoxKind = Symbol.for('TypeBox.Kind') as typeof TypeBoxKind
const OptionalKind = Symbol.for('TypeBox.Optional')

export const isObjectSchema = (schema: TSchema): schema is TObject => schema[Kind] === 'Object'

/** The schemas of which a value need fit only one; none where there is no choice. */
export const choicesOf = (schema: TSchema): readonly TSchema[] => (isUnion(schema) ? schema.anyOf : [])

const isUnion = (schema: TSchema): schema is TUnion => schema[Kind] === 'Union'

type Builders = Pick<
  typeof TypeBox,
  | 'Array'
  | 'Boolean'
  | 'Composite'
  | 'Integer'
  | 'Literal'
  | 'Null'
  | 'Number'
  | 'Object'
  | 'Optional'
  | 'Partial'
  | 'Pick'
  | 'String'
  | 'Undefined'
  | 'Union'
  | 'Unknown'
  | 'Unsafe'
>

/** What the contract's own formats of texts take. Whoever checks by a schema lets TypeBox know them: see `check.ts`. */
export const FORMATS = new Map<string, (text: string) => boolean>()

type Options = Record<string, unknown>

const plain =
  (kind: string, type?: string) =>
  (options: Options = {}) => ({ ...options, [Kind]: kind, ...(type && { type }) })

const optional = (schema: TSchema): TSchema => ({ ...schema, [OptionalKind]: 'Optional' })

function object(properties: Record<string, TSchema>, options: Options = {}) {
  const members = Object.entries(properties)
  const required = members.filter(([, member]) => !(OptionalKind in member)).map(([name]) => name)
  return { ...options, [Kind]: 'Object', type: 'object', ...(required.length > 0 && { required }), properties }
}

/** An object of other members with the options of a whole one. */
function reshaped({ properties: _, required: __, ...rest }: TObject, members: [string, TSchema][], options?: Options) {
  return { ...object(Object.fromEntries(members), rest), ...options }
}

const builders = {
  Array: (items: TSchema, options: Options = {}) => ({ ...options, [Kind]: 'Array', type: 'array', items }),
  Boolean: plain('Boolean', 'boolean'),
  /** Of objects that have no member in common. */
  Composite: (objects: TObject[], options?: Options) =>
    object(Object.assign({}, ...objects.map(({ properties }) => properties)), options),
  Integer: plain('Integer', 'integer'),
  Literal: (value: string | number | boolean, options: Options = {}) => ({
    ...options,
    [Kind]: 'Literal',
    const: value,
    type: typeof value,
  }),
  Null: plain('Null', 'null'),
  Number: plain('Number', 'number'),
  Object: object,
  Optional: optional,
  Partial: (whole: TObject, options?: Options) =>
    reshaped(
      whole,
      Object.entries(whole.properties).map(([name, member]) => [name, optional(member)]),
      options,
    ),
  Pick: (whole: TObject, names: string[], options?: Options) =>
    reshaped(
      whole,
      Object.entries(whole.properties).filter(([name]) => names.includes(name)),
      options,
    ),
  String: plain('String', 'string'),
  Undefined: plain('Undefined', 'undefined'),
  Union: (choices: TSchema[], options: Options = {}) =>
    choices.length === 1 ? { ...options, ...choices[0] } : { ...options, [Kind]: 'Union', anyOf: choices },
  Unknown: plain('Unknown'),
  Unsafe: (options: Options) => ({ [Kind]: 'Unsafe', ...options }),
}

/**
 * TypeBox's builders as far as the contract uses them: the same schemas, typed by TypeBox itself. Its own load 212 modules,
 * a fifth of a cold start, most of them for types that the contract has none of.
 */
// The types compute what they say of a schema from its parts; no function of ours could be checked against them.
export const Type = builders as unknown as Builders

/** One of some words: see states.ts. */
export const OneOf = <const Word extends string>(words: readonly Word[], options?: Options) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    options,
  )
