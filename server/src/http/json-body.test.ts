import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '../../test/processor-ms.ts'
import { Problem } from '../problem.ts'
import { parseJson } from './json-body.ts'

const parse = (text: string, asPrinted: boolean) => parseJson(Buffer.from(text), { maxValues: 100, asPrinted })

test('line comments are ignored where they are allowed, and nowhere else', () => {
  const text = '{ "level1": 7419, // 一级类目\n "url": "https://example.com/a" } // end'
  assert.deepEqual(parse(text, true), { level1: 7419, url: 'https://example.com/a' })
  assert.throws(() => parse(text, false), Problem)
})

test('no-break spaces are blanks where comments are allowed, and nowhere else', () => {
  const text = '{\u00a0\u00a0\u00a0"quantity":3,\t\u00a0"poi_id":1234\t}'
  assert.deepEqual(parse(text, true), { quantity: 3, poi_id: 1234 })
  assert.throws(() => parse(text, false), Problem)
})

test('comments and no-break spaces inside a string are kept', () => {
  assert.deepEqual(parse('{"a":"\\"//b","c":"//","d":"\u00a0"}', true), { a: '"//b', c: '//', d: '\u00a0' })
})

test('invalid UTF-8 and truncated JSON are refused', () => {
  assert.throws(() => parseJson(Buffer.from([0x22, 0xff, 0x22]), { maxValues: 100, asPrinted: true }), Problem)
  assert.throws(() => parse('{"a":', true), Problem)
})

test('an unfinished string costs no more than a finished one', () => {
  const escaped = '\\"'.repeat(500_000)
  // Milliseconds; a search that starts anew at each quote takes an hour.
  assert.ok(processorMs(() => assert.throws(() => parse(`"${escaped}`, true), Problem)) < 5000)
})

const refusal = (text: string, maxValues: number): { code?: string; wireText?: string } => {
  try {
    parseJson(Buffer.from(text), { maxValues })
    return {}
  } catch (error) {
    return error as Problem
  }
}

test('too many members and items at any depth are refused with their number', () => {
  const text = '{"a":[1,[2,3]],"b":{"c":"{[,,"}}'
  assert.deepEqual(refusal(text, 7), {})
  const { code, wireText } = refusal(text, 6)
  assert.equal(code, 'body.too_large')
  assert.equal(wireText, 'invalid args size: 7 members and items, at most 6 are read')
})

test('JSON deeper than 32 levels is refused', () => {
  assert.deepEqual(refusal('['.repeat(32) + ']'.repeat(32), 100), {})
  const { code, wireText } = refusal('['.repeat(33) + ']'.repeat(33), 100)
  assert.equal(code, 'body.unparsable')
  assert.equal(wireText, 'data format error: 33 levels deep, at most 32 are read')
})

test('brackets and commas inside a string do not count', () => {
  assert.deepEqual(refusal('{"a":"[[[[\\"[[,,","b":"\\\\"}', 3), {})
})
