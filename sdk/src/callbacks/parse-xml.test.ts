import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from './parse-xml.ts'

test('parses text, numbers, members and lists', () => {
  const cases: [string, unknown][] = [
    ['<xml><a><![CDATA[x]]></a><b>1</b></xml>', { a: 'x', b: 1 }],
    ['\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n  <a>x</a>\n</xml>\n', { a: 'x' }],
    ['<xml><a><b>1</b></a></xml>', { a: { b: 1 } }],
    ['<xml><a>1</a><a>2</a><a><b>3</b></a></xml>', { a: [1, 2, { b: 3 }] }],
    ['<xml><a></a><b/><c><![CDATA[]]></c></xml>', { a: '', b: '', c: '' }],
    [
      '<xml><a><![CDATA[1]]></a><b>0101</b><c>12345678901234567890</c></xml>',
      { a: '1', b: '0101', c: '12345678901234567890' },
    ],
    ['<xml><a>-1</a><b>55.25</b><c>0</c></xml>', { a: -1, b: 55.25, c: 0 }],
    ['<xml><a>&lt;b&gt; &amp;amp; &#20013;&#x1F44D; &what;</a></xml>', { a: '<b> &amp; 中👍 &what;' }],
    ['<xml><a><![CDATA[x]]]]><![CDATA[>y]]></a></xml>', { a: 'x]]>y' }],
    ['<xml><a><![CDATA[</a><b>1</b>]]></a></xml>', { a: '</a><b>1</b>' }],
    ['<xml><constructor>1</constructor><toString>2</toString></xml>', { constructor: 1, toString: 2 }],
  ]
  for (const [text, expected] of cases) assert.deepEqual({ ...parseXml(text) }, expected, text)
})

test('parses an element called __proto__ as a member, which changes no object', () => {
  const members = parseXml('<xml><__proto__><admin>1</admin></__proto__></xml>')
  assert.deepEqual(Object.keys(members), ['__proto__'])
  assert.equal((members as { admin?: unknown }).admin, undefined)
})

test('rejects everything else that XML has', () => {
  const wrong = [
    '',
    'x',
    '<xml>',
    '</xml>',
    '<xml><a></xml></a>',
    '<xml></xml><xml></xml>',
    '<xml><a>1</a></xml>x',
    '<xml>1</xml>',
    '<xml a="1"><b>1</b></xml>',
    '<!DOCTYPE a [<!ENTITY b "c">]><xml><a>&b;</a></xml>',
    '<xml><!-- x --><a>1</a></xml>',
    '<xml><a><![CDATA[x</a></xml>',
    '<xml><a>1</a>',
    `${'<a>'.repeat(17)}1${'</a>'.repeat(17)}`,
  ]
  for (const text of wrong) assert.throws(() => parseXml(text), /^Error: The XML/, text)
})

test('parses a megabyte in linear time, whatever it holds', () => {
  const size = 1_000_000
  const texts = [
    '<'.repeat(size),
    '<![CDATA['.repeat(size / 9),
    '<xml>'.repeat(size / 5),
    `<xml><a>${'&#'.repeat(size / 2)}`,
  ]
  for (const text of texts) assert.throws(() => parseXml(text))
  const many = parseXml(`<xml>${'<a>1</a>'.repeat(size / 8)}</xml>`)
  assert.equal((many.a as unknown[]).length, size / 8)
})
