import { readFile } from 'node:fs/promises'
import { compile, fits } from '@shenpi/sdk/contract/check'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { Static, TSchema } from '@sinclair/typebox'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { messageOf } from '../thrown.ts'

/** What is wrong with a value, and where in it: names of members and places in lists. */
export interface Fault {
  at: readonly (string | number)[]
  why: string
}

/** A value that people wrote, and where in its text its parts stand. */
export interface ReadYaml<T> {
  value: T
  /** The error for something in it that is wrong: it names the line. */
  refuse: (fault: Fault) => Error
}

/**
 * Read a file that people write: YAML, of which JSON is a part.
 *
 * @param faultOf what a value of the right shape may not say; undefined: nothing is wrong
 * @throws Error that names the line and the reason: nothing of the file counts then
 */
export async function readYamlFile<S extends TSchema>(
  file: string,
  schema: S,
  faultOf: (value: Static<S>) => Fault | undefined,
): Promise<Static<S>> {
  return readYaml(file, await readText(file), schema, faultOf).value
}

/** The same of a text. @param file what it is called */
export function readYaml<S extends TSchema>(
  file: string,
  text: string,
  schema: S,
  faultOf: (value: Static<S>) => Fault | undefined,
): ReadYaml<Static<S>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const [broken] = document.errors
  if (broken) throw new Error(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`)
  const refuse = ({ at, why }: Fault) => {
    const where = placeOf(document, at)
    const line = where === undefined ? '' : `:${lines.linePos(where).line}`
    return new Error(`${file}${line}: ${[at.join('.'), why].filter(Boolean).join(': ')}`)
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  const unknown = unknownMember(schema, value, [])
  if (unknown) throw refuse(unknown)
  if (!fits(schema, value)) throw refuse(misshapen(schema, value))
  const fault = faultOf(value)
  if (fault) throw refuse(fault)
  return { value, refuse }
}

/** Where the key of a member stands, or an item; or else what it would stand in. */
function placeOf(document: Document, at: Fault['at']): number | undefined {
  const parent = document.getIn(at.slice(0, -1), true)
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === at.at(-1)) : undefined
  const node = pair?.key ?? document.getIn(at, true)
  if (isNode(node) && node.range) return node.range[0]
  return at.length === 0 ? undefined : placeOf(document, at.slice(0, -1))
}

/** @throws Error in a sentence */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read: ${messageOf(error)}`)
  }
}

/** A member that the schema does not know: whoever misspells one means something. */
function unknownMember(schema: TSchema, value: unknown, at: Fault['at']): Fault | undefined {
  if (Array.isArray(value)) {
    return firstOf(value.entries(), ([place, item]) => unknownMember(schema.items ?? {}, item, [...at, place]))
  }
  if (!isObject(value) || !isObject(schema.properties)) return undefined
  const known = schema.properties
  return firstOf(Object.entries(value), ([name, member]) =>
    Object.hasOwn(known, name)
      ? unknownMember(Object(known[name]), member, [...at, name])
      : { at: [...at, name], why: `there is no ${name}, but ${Object.keys(known).join(', ')}` },
  )
}

function firstOf<T, Found>(items: Iterable<T>, find: (item: T) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function misshapen(schema: TSchema, value: unknown): Fault {
  const error = compile(schema).Errors(value).First()
  if (!error) return { at: [], why: 'not valid' }
  const at = error.path.split('/').slice(1)
  const choices = (error.schema.anyOf ?? []).flatMap((choice: TSchema) => choice.const ?? [])
  const why = choices.length > 0 ? `one of ${choices.join(', ')} is expected` : error.message
  return { at: at.map((step) => (/^\d+$/.test(step) ? Number(step) : step)), why }
}
