import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { systemEntropy } from '../entropy/entropy.ts'
import { accountIdOf, deriveAccessToken, newAccessToken } from './access-token.ts'

const MAX_ID = Number.MAX_SAFE_INTEGER

describe('an access token', () => {
  test('differs every time', () => {
    assert.equal(new Set(Array.from({ length: 100 }, () => newAccessToken(1, systemEntropy))).size, 100)
  })

  test('holds 256 bits of secret in URL-safe characters', () => {
    const [, secret = ''] = newAccessToken(1, systemEntropy).split(/_(.*)/)
    assert.equal(Buffer.from(secret, 'base64url').length, 32)
    assert.match(newAccessToken(MAX_ID, systemEntropy), /^[\w-]{1,512}$/)
  })

  for (const accountId of [1, 35, 36, 1_000_000]) {
    test(`names its account ${accountId}`, () => {
      assert.equal(accountIdOf(newAccessToken(accountId, systemEntropy)), accountId)
      assert.equal(accountIdOf(deriveAccessToken(accountId, 'secret', 'salt')), accountId)
    })
  }

  const good = newAccessToken(1, systemEntropy)
  for (const [what, token] of [
    ['empty', ''],
    ['without an owner', good.slice(1)],
    ['cut off', good.slice(0, -1)],
    ['with something after it', `${good}A`],
    ['with a capital in its owner', `A${good}`],
    ['with a sign that is not URL-safe', `${good.slice(0, -1)}+`],
    ['with a line break after it', `${good}\n`],
    ['with an owner that no account can have', `zzzzzzzzzzz_${good.slice(2)}`],
  ] as const) {
    test(`names no account when it is ${what}`, () => assert.equal(accountIdOf(token), undefined))
  }
})

describe('a derived token', () => {
  const derive = (changes: { accountId?: number; secret?: string; salt?: string }) =>
    deriveAccessToken(changes.accountId ?? 1, changes.secret ?? 'secret', changes.salt ?? 'salt')

  test('is the same for the same account, secret and salt', () => assert.equal(derive({}), derive({})))

  for (const change of [{ accountId: 2 }, { secret: 'other' }, { salt: 'other' }]) {
    test(`changes with ${Object.keys(change)[0]}`, () => assert.notEqual(derive(change), derive({})))
  }
})
