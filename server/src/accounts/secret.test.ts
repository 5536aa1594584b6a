import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hashSecret, isSecret, newSecret } from './secret.ts'

describe('a secret', () => {
  test('has 32 hex digits and differs every time', () => {
    const secrets = Array.from({ length: 100 }, newSecret)
    assert.ok(secrets.every((secret) => /^[0-9a-f]{32}$/.test(secret)))
    assert.equal(new Set(secrets).size, 100)
  })

  test('is stored as its SHA-256', () => {
    assert.equal(hashSecret('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  test('matches its own hash and no other', () => {
    const secret = newSecret()
    const hash = hashSecret(secret)
    assert.ok(isSecret(secret, hash))
    for (const other of ['', newSecret(), secret.toUpperCase(), `${secret} `, secret.slice(1), hash]) {
      assert.ok(!isSecret(other, hash), other)
    }
  })
})
