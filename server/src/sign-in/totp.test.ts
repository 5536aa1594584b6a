import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findTotpStep, newTotpSecret, toBase32, toTotpUri, totpCode } from './totp.ts'

// RFC 6238, appendix B, SHA-1, without the first two digits.
const RFC_SECRET = Buffer.from('12345678901234567890')
const RFC_CODES: readonly [unixSeconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
]

describe('codes of an authenticator app', () => {
  for (const [seconds, code] of RFC_CODES) {
    test(`are those of RFC 6238 at ${seconds}`, () => {
      assert.equal(totpCode(RFC_SECRET, Math.floor(seconds / 30)), code)
      assert.equal(findTotpStep(RFC_SECRET, code, new Date(seconds * 1000), 0), Math.floor(seconds / 30))
    })
  }

  test('are taken one step early and late, and none further', () => {
    const secret = newTotpSecret()
    const at = new Date(3_000_000_000)
    const step = 100_000
    const taken = [-2, -1, 0, 1, 2].map((drift) => findTotpStep(secret, totpCode(secret, step + drift), at, 0))
    assert.deepEqual(taken, [undefined, step - 1, step, step + 1, undefined])
  })

  test('are not taken again, nor those before them', () => {
    const secret = newTotpSecret()
    const at = new Date(3_000_000_000)
    assert.equal(findTotpStep(secret, totpCode(secret, 100_000), at, 100_000), undefined)
    assert.equal(findTotpStep(secret, totpCode(secret, 99_999), at, 100_000), undefined)
    assert.equal(findTotpStep(secret, totpCode(secret, 100_001), at, 100_000), 100_001)
  })

  test('come from a secret that an app can be told', () => {
    assert.equal(toBase32(RFC_SECRET), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    assert.equal(toBase32(Buffer.from('f')), 'MY')
    assert.match(
      toTotpUri(RFC_SECRET, '李雷'),
      /^otpauth:\/\/totp\/Shenpi%3A%E6%9D%8E%E9%9B%B7\?secret=GEZ\w+&issuer=Shenpi$/,
    )
  })
})
