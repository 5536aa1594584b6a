import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../problem.ts'
import { parseJson } from './json-body.ts'

const parse = (text: string, asPrinted: boolean) => parseJson(Buffer.from(text), { asPrinted })

test('line comments are passed over where they are allowed, and nowhere else', () => {
  const text = '{ "level1": 7419, // 一级类目\n "url": "https://example.com/a" } // end'
  assert.deepEqual(parse(text, true), { level1: 7419, url: 'https://example.com/a' })
  assert.throws(() => parse(text, false), Problem)
})

test('no-break spaces are blanks where comments are passed over, and nowhere else', () => {
  const text = '{\u00a0\u00a0\u00a0"quantity":3,\t\u00a0"poi_id":1234\t}'
  assert.deepEqual(parse(text, true), { quantity: 3, poi_id: 1234 })
  assert.throws(() => parse(text, false), Problem)
})

test('what looks like a comment or a blank inside a string is none', () => {
  assert.deepEqual(parse('{"a":"\\"//b","c":"//","d":"\u00a0"}', true), { a: '"//b', c: '//', d: '\u00a0' })
})

test('bytes that are not UTF-8, and JSON that does not end, are refused', () => {
  assert.throws(() => parseJson(Buffer.from([0x22, 0xff, 0x22]), { asPrinted: true }), Problem)
  assert.throws(() => parse('{"a":', true), Problem)
})

test('a string that does not end costs no more than one that does', () => {
  const escaped = '\\"'.repeat(500_000)
  const started = performance.now()
  assert.throws(() => parse(`"${escaped}`, true), Problem)
  // Milliseconds; a search that starts anew at each quote takes an hour.
  assert.ok(performance.now() - started < 5000)
})
