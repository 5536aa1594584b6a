import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hashPassword, isOutdated, isPassword } from './password-hash.ts'

describe('a password’s hash', () => {
  for (const useArgon2 of [true, false]) {
    test(`takes its own password and no other, by ${useArgon2 ? 'Argon2id' : 'scrypt'}`, async () => {
      const stored = await hashPassword('correct horse 电池', useArgon2)
      assert.match(stored, useArgon2 ? /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/ : /^\$scrypt\$ln=15,r=8,p=1\$/)
      assert.ok(await isPassword('correct horse 电池', stored))
      assert.ok(!(await isPassword('correct horse 电', stored)))
      assert.notEqual(await hashPassword('correct horse 电池', useArgon2), stored, 'each has a salt of its own')
    })
  }

  test('keeps the costs that it was made at, and tells when they are outdated', async () => {
    const stored = await hashPassword('correct horse')
    assert.ok(!isOutdated(stored))
    assert.ok(isOutdated(await hashPassword('correct horse', false)))
    const cheap = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$'
    assert.ok(isOutdated(`${cheap}${'A'.repeat(43)}`))
    assert.ok(!(await isPassword('correct horse', `${cheap}${'A'.repeat(43)}`)))
  })

  test('is of the characters, however they were composed', async () => {
    assert.ok(await isPassword('caf\u00e9 au lait', await hashPassword('cafe\u0301 au lait')))
  })

  test('is told as a fault where it cannot be read', async () => {
    await assert.rejects(isPassword('x', 'md5:1234'), /cannot be read/)
  })
})
