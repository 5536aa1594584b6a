import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { api } from './api.ts'
import type { Call } from './call.ts'
import { PROBLEM_CODES, type ProblemCode, problemRow } from './problems.ts'
import { wire } from './wire.ts'

const CALLS = Object.values(wire).flatMap((subject) => Object.values<Call>(subject))
/** Problems that share one number of the platform's: the call, or its request, tells them apart. */
const TWINS: readonly (readonly ProblemCode[])[] = [
  ['category.granted', 'brand.granted'],
  ['category.under_review', 'brand.under_review', 'shop.registration_under_review', 'scene.under_review'],
  ['category.free', 'brand.free', 'shop.connected', 'scene.granted'],
  ['statistics.range_invalid', 'lottery.time_invalid'],
  // A reset of the quota allows calls again, but no forced refresh.
  ['token.refresh_quota', 'quota.daily'],
  // Both slow down for a minute: calls of an account, and guesses of its secret.
  ['quota.minute', 'credential.tries_exceeded'],
  // "System busy, try again later", which SDKs do by themselves.
  ['system.unavailable', 'account.busy'],
  // Words that cannot be read, of the wire and of the sandbox.
  ['body.unparsable', 'outcome.malformed', 'fault.malformed'],
]
const readDocument = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')

/** The rows of the tables of a Markdown text, by their first cell without its backticks. */
function rowsOf(markdown: string): Map<string, Record<string, string>> {
  const rows = new Map<string, Record<string, string>>()
  let names: string[] = []
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) {
      names = []
      continue
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'))
    if (names.length === 0) names = cells.map((cell) => cell.toLowerCase())
    else if (!/^:?-+:?$/.test(cells[0] ?? '')) {
      rows.set(cells[0] ?? '', Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])))
    }
  }
  return rows
}

const repeated = <T>(values: readonly T[]) => values.filter((value, index) => values.indexOf(value) !== index)

describe('the catalogue of problems', () => {
  for (const code of PROBLEM_CODES) {
    test(code, () => {
      const { status, errcode, message } = problemRow(code)
      assert.match(code, /^[a-z]+(_[a-z]+)*\.[a-z0-9]+(_[a-z0-9]+)*$/, 'noun.what_is_wrong')
      assert.ok(status >= 400 && status <= 599)
      assert.ok(errcode === undefined || (Number.isInteger(errcode) && errcode !== 0))
      // A rid is appended, and a client may read the text in one line.
      assert.equal(message, message.trim())
      assert.doesNotMatch(message, /\p{Cc}|\brid:/u)
    })
  }

  test('has no two problems with the same errcode or text, but for those that share them on purpose', () => {
    const later = TWINS.flatMap((twins) => twins.slice(1))
    const rows = PROBLEM_CODES.filter((code) => !later.includes(code)).map(problemRow)
    assert.deepEqual(repeated(rows.flatMap(({ errcode }) => errcode ?? [])), [])
    assert.deepEqual(repeated(rows.map(({ message }) => message.toLowerCase())), [])
    for (const twins of TWINS) {
      assert.equal(new Set(twins.map((code) => problemRow(code).errcode)).size, 1, twins.join(', '))
    }
  })

  test('gives each problem of a call of the wire a different errcode, and lists it once', () => {
    for (const { path, problems } of CALLS) {
      assert.deepEqual(
        problems.filter((code) => problemRow(code).errcode === undefined),
        [],
        path,
      )
      assert.deepEqual(repeated(problems), [], path)
      assert.deepEqual(repeated(problems.map((code) => problemRow(code).errcode)), [], path)
    }
  })

  test('contains each problem of an endpoint, which lists it once', () => {
    for (const { path, problems } of Object.values(api)) {
      assert.deepEqual(
        problems.filter((code) => !PROBLEM_CODES.includes(code)),
        [],
        path,
      )
      assert.deepEqual(repeated<ProblemCode>(problems), [], path)
    }
  })

  test("has the platform's published texts for global codes", () => {
    const published = [...rowsOf(readDocument('protocol/conventions.md'))].filter(([, row]) => 'errmsg' in row)
    assert.ok(published.length > 20)
    for (const [errcode, { errmsg = '' }] of published) {
      const code = PROBLEM_CODES.find((one) => problemRow(one).errcode === Number(errcode))
      // An ellipsis stands for what is different each time: the row leaves it out.
      const text = errmsg.replace(' …', '')
      if (code) assert.ok(problemRow(code).message.startsWith(text), `${code}: ${errmsg}`)
    }
  })
})

describe('docs/errors.md', () => {
  const documented = readDocument('errors.md').matchAll(/^- `(.+?)` · (.+?) · (.+?) · (.+)\\$/gm)
  const heads = new Map([...documented].map(([, code = '', ...head]) => [code, head]))

  test('describes every code, and none that does not exist', () => {
    assert.deepEqual([...heads.keys()].sort(), [...PROBLEM_CODES].sort())
  })

  for (const [code, head] of heads) {
    test(`describes ${code} as the catalogue does`, () => {
      const { status, errcode, message } = problemRow(code as ProblemCode)
      assert.deepEqual(head, [String(status), errcode === undefined ? '–' : String(errcode), message])
    })
  }
})
