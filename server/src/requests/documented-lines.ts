import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { problemRow } from '@shenpi/sdk/contract/problems'
import type { RequestCheck } from '@shenpi/sdk/contract/states'

/** A line of our documents, as a reader without Markdown reads it. */
export interface DocumentedLine {
  file: string
  line: number
  text: string
}

interface Document {
  file: string
  lines: readonly string[]
}

const ROOT = join(import.meta.dirname, '../../..')
const CALLS_OF = ['shakearound', 'shops', 'stores', 'platform'].map((name) => `docs/protocol/${name}.md`)
const CONVENTIONS = 'docs/protocol/conventions.md'
const ERRORS = 'docs/errors.md'

/** A memo: documents do not change while a server runs. A server that was installed without them has none. */
const documents = new Map<string, Document | undefined>()

function documentOf(file: string): Document | undefined {
  if (!documents.has(file)) documents.set(file, readDocument(file))
  return documents.get(file)
}

function readDocument(file: string): Document | undefined {
  try {
    return { file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n') }
  } catch {
    return undefined
  }
}

const lineAt = ({ file, lines }: Document, index: number): DocumentedLine => ({
  file,
  line: index + 1,
  text: toPlain(lines[index] ?? ''),
})

/** Without links, marks and the frame of a table. */
function toPlain(line: string): string {
  const words = line
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/^[#\s|-]+|[\s|\\]+$/g, '')
  return words.replace(/\s*\|\s*/g, ' · ').replace(/( · )+/g, ' · ')
}

const cellsOf = (line: string): string[] =>
  line.startsWith('|')
    ? line
        .slice(1)
        .split('|')
        .map((cell) => cell.trim())
    : []

/** What the checks before the contract are called in the order of checks. */
const CHECK_ROWS: Readonly<Partial<Record<RequestCheck, string>>> = {
  path: 'path',
  method: 'method',
  scheme: 'scheme',
  token: 'token',
  address: 'address',
  account: 'account may call this',
  quota: 'quota',
  body: 'body parses',
}

/** The line of the protocol that a refusal rests on. @param field its path, where one is meant */
export function protocolLine(
  check: RequestCheck,
  { path, problem, field }: { path: string; problem: ProblemCode; field: string },
): DocumentedLine | undefined {
  const row = CHECK_ROWS[check]
  if (row === undefined) return lineOfCall(path, problem, field)
  const conventions = documentOf(CONVENTIONS)
  const index = conventions?.lines.findIndex((line) => cellsOf(line)[1]?.split(':')[0] === row) ?? -1
  return conventions && index >= 0 ? lineAt(conventions, index) : undefined
}

/** In the section of a call: the row of the field, or of what it stands in; else a line that names it, the row of the errcode, the heading. */
function lineOfCall(path: string, problem: ProblemCode, field: string): DocumentedLine | undefined {
  for (const file of CALLS_OF) {
    const document = documentOf(file)
    const heading = document ? headingOf(document, path) : undefined
    if (!document || heading === undefined) continue
    const next = document.lines.findIndex((line, index) => index > heading && isHeading(line))
    const section = document.lines.slice(heading, next < 0 ? undefined : next)
    const names = namesOf(field)
    const { errcode } = problemRow(problem)
    const found = [
      ...names.map((name) => section.findIndex((line) => fieldsOf(line).includes(name))),
      ...names.map((name) => section.findIndex((line) => line.includes(`\`${name}\``) || line.includes(`\`${name}.`))),
      section.findIndex((line) => cellsOf(line)[0] === `${errcode}`),
      section.findIndex((line) => cellsOf(line).some((cell) => cell.includes(`${errcode}`))),
    ].find((index) => index >= 0)
    return lineAt(document, heading + (found ?? 0))
  }
  return undefined
}

/** Where the section of a call begins: it is named by the call, or tells its path. */
function headingOf({ lines }: Document, path: string): number | undefined {
  const named = lines.findIndex((line) => isHeadingOf(line, path))
  if (named >= 0) return named
  const told = lines.findIndex((line) => line.includes(`POST ${path}\``))
  return told < 0 ? undefined : lines.findLastIndex((line, index) => index < told && isHeading(line))
}

const isHeading = (line: string): boolean => /^##+ /.test(line)

function isHeadingOf(line: string, path: string): boolean {
  const heading = /^##+ (\S+)$/.exec(line)?.[1]
  return heading !== undefined && path.endsWith(`/${heading}`)
}

/** The fields that a row is about. */
const fieldsOf = (line: string): string[] =>
  cellsOf(line)[0]
    ?.replaceAll('`', '')
    .split(/, | and /) ?? []

/**
 * What a row may call a field: by its path, by the end of it, or by what it stands in.
 *
 * @example
 * namesOf('a[0].b') // ['a.b', 'b', 'a']
 */
function namesOf(field: string): string[] {
  const parts = field
    .replace(/\[\d+\]/g, '')
    .split('.')
    .filter(Boolean)
  return parts.flatMap((_, last) => {
    const within = parts.slice(0, parts.length - last)
    return within.map((__, first) => within.slice(first).join('.'))
  })
}

/** The row of docs/errors.md, and what it says of the refusal. */
export function errorRow(problem: ProblemCode): { row: DocumentedLine; meaning: string } | undefined {
  const errors = documentOf(ERRORS)
  const index = errors?.lines.findIndex((line) => line.startsWith(`- \`${problem}\` ·`)) ?? -1
  if (!errors || index < 0) return undefined
  const rest = errors.lines.slice(index + 1)
  const end = rest.findIndex((line) => !line.startsWith('  '))
  const meaning = rest.slice(0, end < 0 ? undefined : end).map((line) => toPlain(line.trim()))
  return { row: lineAt(errors, index), meaning: meaning.join(' ') }
}
