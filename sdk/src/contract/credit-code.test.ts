import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkCreditCode, findCreditCodes } from './credit-code.ts'

/** As registers publish them. */
const PUBLISHED = ['91350100M000100Y43', '9144030071526726XG', '91330100799655058B', '914403001922038216']

describe('a credit code', () => {
  for (const code of PUBLISHED) {
    test(`${code} is one`, () => assert.deepEqual(checkCreditCode(code), { code }))
  }

  test('is read in any spelling', () => {
    assert.deepEqual(checkCreditCode(' ９１３５0100-m000100y43\n'), { code: '91350100M000100Y43' })
  })

  const wrong = [
    { typed: '', fault: 'length', at: 0 },
    { typed: '91350100M000100Y4', fault: 'length', at: 17 },
    { typed: '91350100M000100Y433', fault: 'length', at: 18 },
    { typed: '9'.repeat(100_000), fault: 'length', at: 18 },
    { typed: '9135O100M000100Y43', fault: 'alphabet', at: 4 },
    { typed: '91350100M0001营业Y43', fault: 'alphabet', at: 13 },
    { typed: 'B1350100M000100Y43', fault: 'authority', at: 0 },
    { typed: '91990100M000100Y43', fault: 'region', at: 2 },
    { typed: '9135A100M000100Y43', fault: 'region', at: 2 },
    { typed: '91350100M000100Y53', fault: 'organisation', at: 16 },
    { typed: '91350100M000100Y44', fault: 'check', at: 17 },
  ] as const
  for (const { typed, fault, at } of wrong) {
    test(`tells a wrong ${fault}: ${typed.slice(0, 20)}`, () => {
      const reading = checkCreditCode(typed)
      assert.deepEqual({ ...reading, code: '' }, { code: '', fault, at })
    })
  }

  test('is none with any one character changed', () => {
    for (const code of PUBLISHED) {
      for (let at = 0; at < code.length; at += 1) {
        const changed = code.charAt(at) === '7' ? '8' : '7'
        assert.ok(checkCreditCode(code.slice(0, at) + changed + code.slice(at + 1)).fault, `${code} at ${at}`)
      }
    }
  })

  test('is none with two neighbours swapped', () => {
    for (const code of PUBLISHED) {
      for (let at = 0; at + 1 < code.length; at += 1) {
        if (code[at] === code[at + 1]) continue
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
        assert.ok(checkCreditCode(swapped).fault, `${code} at ${at}`)
      }
    }
  })

  test('is found in a text, once, and nothing that only looks like one', () => {
    const text =
      '统一社会信用代码：91350100M000100Y43，证号 91350100m000100y43；身份证 110101199003070000，x91350100M000100Y43'
    assert.deepEqual(findCreditCodes(text), ['91350100M000100Y43'])
  })
})
