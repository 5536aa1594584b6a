import { readFile } from 'node:fs/promises'
import { compile, fits } from '@shenpi/sdk/contract/check'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { Static, TSchema } from '@sinclair/typebox'
import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml'
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

/** A file that people wrote cannot be used as it stands: the message says why, and in which line. */
export class FileRefused extends Error {}

/** How deep lists and maps may stand in one another: nobody writes deeper, and reading takes the square of the depth. */
const LEVELS_MAX = 64

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

/**
 * The same of a text.
 *
 * @param file what it is called
 * @param marksMax words, signs and gaps that it may have: reading takes as long as they are many, however long they are
 */
export function readYaml<S extends TSchema>(
  file: string,
  text: string,
  schema: S,
  faultOf: (value: Static<S>) => Fault | undefined,
  marksMax = Number.POSITIVE_INFINITY,
): ReadYaml<Static<S>> {
  const lines = new LineCounter()
  const refuseAt = (offset: number, why: string) => new FileRefused(`${file}:${lines.linePos(offset).line}: ${why}`)
  const document = parse(text, lines, marksMax, refuseAt)
  const [broken] = document.errors
  if (broken) throw refuseAt(broken.pos[0], broken.message)
  const wrong = findWrongNode(document)
  if (wrong) throw refuseAt(wrong.offset, wrong.why)
  const refuse = ({ at, why }: Fault) => {
    const where = placeOf(document, at)
    const line = where === undefined ? '' : `:${lines.linePos(where).line}`
    return new FileRefused(`${file}${line}: ${[at.join('.'), why].filter(Boolean).join(': ')}`)
  }
  const value = toValue(document, refuseAt)
  const unknown = unknownMember(schema, value, [])
  if (unknown) throw refuse(unknown)
  if (!fits(schema, value)) throw refuse(misshapen(schema, value))
  const fault = faultOf(value)
  if (fault) throw refuse(fault)
  return { value, refuse }
}

/** @throws Error that names the line, where it is too much to read */
function parse(
  text: string,
  lines: LineCounter,
  marksMax: number,
  refuseAt: (offset: number, why: string) => Error,
): Document.Parsed {
  const parser = new Parser(lines.addNewLine)
  function* tokens(): Generator<CST.Token> {
    let marks = 0
    lines.addNewLine(0)
    for (const mark of new Lexer().lex(text)) {
      marks += 1
      if (marks > marksMax) throw refuseAt(parser.offset, `it has more than ${marksMax} words and signs up to here`)
      yield* parser.next(mark)
      if (parser.stack.length > LEVELS_MAX) {
        throw refuseAt(parser.offset, `more than ${LEVELS_MAX} levels stand in one another`)
      }
    }
    yield* parser.end()
  }
  // Its own search for keys that are there twice takes the square of their number.
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const [document, another] = composer.compose(tokens(), true, text.length)
  if (!document) throw new Error('a text without a document was read')
  if (another) throw refuseAt(another.range[0], 'another document begins')
  return document
}

interface WrongNode {
  offset: number
  why: string
}

/** What can be read and is no value: a key that is there twice, a text that no database stores, an alias of nothing or of itself. */
function findWrongNode(document: Document): WrongNode | undefined {
  let wrong: WrongNode | undefined
  const anchors = new Map<string, Node>()
  const stop = (node: Node, why: string) => {
    wrong = { offset: node.range?.[0] ?? 0, why }
    return visit.BREAK
  }
  visit(document, {
    Value(_, node) {
      if (node.anchor) anchors.set(node.anchor, node)
      if (isMap(node)) {
        const twice = keyTwice(node)
        if (twice) return stop(twice, `${twice.value} is there twice`)
      }
      if (!isScalar(node) || typeof node.value !== 'string') return undefined
      if (!node.value.isWellFormed()) return stop(node, 'a text holds half of a surrogate pair')
      return node.value.includes('\0') ? stop(node, 'a text holds U+0000') : undefined
    },
    Alias(_, node, path) {
      const named = anchors.get(node.source)
      if (!named) return stop(node, `there is no &${node.source} before it`)
      return path.includes(named) ? stop(node, `*${node.source} stands in what it names`) : undefined
    },
  })
  return wrong
}

function keyTwice({ items }: YAMLMap): Scalar | undefined {
  const keys = new Set<string>()
  for (const { key } of items) {
    if (!isScalar(key)) continue
    // As members of an object they are one: 1 and "1".
    const name = String(key.value)
    if (keys.has(name)) return key
    keys.add(name)
  }
  return undefined
}

/** @throws Error that names a line, where aliases make too much of it */
function toValue(document: Document, refuseAt: (offset: number, why: string) => Error): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    let offset = 0
    visit(document, {
      Alias(_, { range }) {
        offset = range?.[0] ?? 0
        return visit.BREAK
      },
    })
    throw refuseAt(offset, messageOf(error))
  }
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
    throw new FileRefused(`${file} cannot be read: ${messageOf(error)}`)
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
