import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import industries from './industries.json' with { type: 'json' }
import { findIndustry } from './industries.ts'

describe('industries', () => {
  test('have 83 codes of four digits, each once, in order', () => {
    const codes = industries.map(({ code }) => code)
    assert.equal(codes.length, 83)
    assert.deepEqual(codes, [...new Set(codes)].sort())
    for (const code of codes) assert.match(code, /^\d{4}$/)
  })

  test('are found by code, with a name on both levels', () => {
    for (const { code } of industries) {
      const industry = findIndustry(code)
      assert.equal(industry?.code, code)
      assert.ok(industry.level1 && industry.level2)
    }
  })

  const unknown = ['118', '00118', '0118 ', '０１１８', '0121', '9999', '', '__proto__', 'constructor']
  for (const code of unknown) {
    test(`do not include "${code}"`, () => assert.equal(findIndustry(code), undefined))
  }

  const licences: [code: string, licence: string | null][] = [
    ['0101', null], // the platform says: no document
    ['0103', null], // the platform says: a document, but not which
    ['0118', 'publication trade licence'],
    ['0201', 'catering service licence'], // first, middle and last of a range
    ['0203', 'catering service licence'],
    ['0206', 'catering service licence'],
    ['0207', 'food hygiene licence'],
    ['0318', 'catering service licence'],
    ['0501', 'air transport licence'],
    ['0502', 'water transport licence'],
    ['0503', 'road transport licence'],
    ['0504', null],
    ['0901', null],
    ['0904', 'securities licence'],
    ['1401', null],
  ]
  for (const [code, licence] of licences) {
    test(`${code} ${licence ? `needs its ${licence}` : 'needs no document'}`, () => {
      assert.equal(findIndustry(code)?.licence, licence)
    })
  }

  test('have the licences that the documentation lists', () => {
    const page = readFileSync(new URL('../../../docs/protocol/shakearound.md', import.meta.url), 'utf8')
    const rows = page.matchAll(/^\| (\d{4}(?:, \d{4})*) +\| (.*\S) +\|$/gm)
    const documented = [...rows].flatMap(([, codes = '', licence]) => codes.split(', ').map((code) => [code, licence]))
    const named = industries.filter(({ licence }) => licence).map(({ code, licence }) => [code, licence])
    assert.equal(named.length, 47)
    assert.deepEqual(Object.fromEntries(documented), Object.fromEntries(named))
  })

  test('cannot be changed by a caller', () => {
    const industry = findIndustry('0118')
    assert.ok(industry)
    assert.throws(() => Object.assign(industry, { licence: null }), TypeError)
  })
})
