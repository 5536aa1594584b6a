import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { DATABASES, type DatabaseKind } from '../../test/databases.ts'
import { openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { saveSecretHash } from '../accounts/account.store.ts'
import { findLimits } from '../accounts/account-limits.store.ts'
import { CallerCache } from '../accounts/caller-cache.ts'
import { createAccount } from '../accounts/create-account.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import { setAccountState } from '../accounts/set-account-state.ts'
import { Caches } from '../caches.ts'
import { transaction } from '../db/transaction.ts'
import { systemEntropy } from '../entropy/entropy.ts'
import { lockJournal } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { FORCED_REFRESH, newAccessToken, TOKEN_LIFETIME_S, TOKEN_OVERLAP_S } from './access-token.ts'
import { authenticate } from './authenticate.ts'
import { authorize } from './authorize.ts'
import { issueStableToken, issueToken } from './issue-token.ts'
import { rotateSecret } from './rotate-secret.ts'

const SECOND_MS = 1000

async function openIssuer(kind: DatabaseKind) {
  const opened = await openReview(kind)
  const { db, clock } = opened
  const issuer = { db, clock, entropy: systemEntropy, callers: new CallerCache(new Caches()) }
  const { account, secret } = await createAccount({ db, clock, deviceCeiling: 10 }, { name: 'Acme', actor: 'test' })
  const { appid } = account
  return {
    ...opened,
    issuer,
    account,
    appid,
    secret,
    plain: async () => (await issueToken(issuer, account)).token,
    stable: async (force = false) => (await issueStableToken(issuer, account, { secret, force })).token,
    wait: (seconds: number) => clock.advance(seconds * SECOND_MS),
    /** The token as another process sees it, without the cache. */
    check: (token: string | undefined) =>
      authorize({ db, clock, entropy: systemEntropy, callers: new CallerCache(new Caches()) }, token),
  }
}

for (const kind of DATABASES) {
  describe(`a plain token on ${kind.name}`, () => {
    test('is valid for two hours to the second', async () => {
      await using opened = await openIssuer(kind)
      const { issuer, account, wait, check } = opened
      const { token, expiresIn } = await issueToken(issuer, account)
      assert.equal(expiresIn, TOKEN_LIFETIME_S)
      wait(TOKEN_LIFETIME_S - 1)
      assert.deepEqual((await check(token)).account, account)
      wait(1)
      await assert.rejects(check(token), problem('token.expired'))
    })

    test('leaves the one before valid for five minutes, and then replaces it', async () => {
      await using opened = await openIssuer(kind)
      const { plain, wait, check } = opened
      const first = await plain()
      const second = await plain()
      assert.notEqual(first, second)
      wait(TOKEN_OVERLAP_S - 1)
      await check(first)
      wait(1)
      await assert.rejects(check(first), problem('token.invalid'))
      await check(second)
    })

    test('does not live longer when it is replaced in its last minutes', async () => {
      await using opened = await openIssuer(kind)
      const { plain, wait, check } = opened
      const first = await plain()
      wait(TOKEN_LIFETIME_S - 60)
      await plain()
      wait(60)
      await assert.rejects(check(first), problem('token.expired'))
    })

    test('is the latest for one caller alone when several are requested at once', async () => {
      await using opened = await openIssuer(kind)
      const { plain, wait, check } = opened
      const tokens = await Promise.all(Array.from({ length: 6 }, plain))
      assert.equal(new Set(tokens).size, 6)
      wait(TOKEN_OVERLAP_S)
      const checked = await Promise.allSettled(tokens.map(check))
      assert.equal(checked.filter(({ status }) => status === 'fulfilled').length, 1)
    })

    test('is deleted a day after its end', async () => {
      await using opened = await openIssuer(kind)
      const { db, plain, wait, check } = opened
      const first = await plain()
      wait(TOKEN_LIFETIME_S + 24 * 3600 + 1)
      await plain()
      await assert.rejects(check(first), problem('token.invalid'))
      assert.equal((await db.selectFrom('access_token').selectAll().execute()).length, 1)
    })

    test('is deleted at its end when it was replaced', async () => {
      await using opened = await openIssuer(kind)
      const { db, plain, wait } = opened
      for (let calls = 0; calls < 20; calls += 1) await plain()
      wait(TOKEN_OVERLAP_S)
      await plain()
      assert.equal((await db.selectFrom('access_token').selectAll().execute()).length, 2)
    })

    test('is stored as a hash', async () => {
      await using opened = await openIssuer(kind)
      const token = await opened.plain()
      const [row] = await opened.db.selectFrom('access_token').selectAll().execute()
      assert.equal(row?.token_hash, hashSecret(token))
      assert.ok(!JSON.stringify(row).includes(token))
    })
  })

  describe(`a stable token on ${kind.name}`, () => {
    test('stays the same until its last five minutes', async () => {
      await using opened = await openIssuer(kind)
      const { issuer, account, secret, stable, wait, check } = opened
      const first = await stable()
      wait(1000)
      const again = await issueStableToken(issuer, account, { secret, force: false })
      assert.deepEqual(again, { token: first, expiresIn: TOKEN_LIFETIME_S - 1000 })
      wait(TOKEN_LIFETIME_S - 1000 - TOKEN_OVERLAP_S)
      const second = await stable()
      assert.notEqual(second, first)
      await check(first)
      await check(second)
      wait(TOKEN_OVERLAP_S)
      await assert.rejects(check(first), problem('token.expired'))
    })

    test('does not end a plain one, nor does a plain one end it', async () => {
      await using opened = await openIssuer(kind)
      const { plain, stable, wait, check } = opened
      const one = await plain()
      const other = await stable()
      await plain()
      assert.equal(await stable(), other)
      wait(TOKEN_OVERLAP_S)
      await check(other)
      await assert.rejects(check(one), problem('token.invalid'))
    })

    test('ends the one before at once when it is refreshed by force', async () => {
      await using opened = await openIssuer(kind)
      const { stable, wait, check } = opened
      const first = await stable()
      wait(1)
      const second = await stable(true)
      await assert.rejects(check(first), problem('token.invalid'))
      await check(second)
    })

    test('stays the same when it is refreshed by force again within 30 s', async () => {
      await using opened = await openIssuer(kind)
      const { stable, wait } = opened
      await stable()
      const forced = await stable(true)
      wait(FORCED_REFRESH.gapS - 1)
      assert.equal(await stable(true), forced)
      wait(1)
      assert.notEqual(await stable(true), forced)
    })

    test('is refreshed by force at most 20 times in a day of China', async () => {
      await using opened = await openIssuer(kind)
      const { clock, stable, wait } = opened
      clock.set(new Date('2026-03-14T20:00:00+08:00'))
      await stable()
      for (let refresh = 0; refresh < FORCED_REFRESH.perDay; refresh += 1) {
        wait(FORCED_REFRESH.gapS)
        await stable(true)
      }
      wait(FORCED_REFRESH.gapS)
      await assert.rejects(stable(true), problem('token.refresh_quota'))
      await stable()
      clock.set(new Date('2026-03-14T23:59:59+08:00'))
      await assert.rejects(stable(true), problem('token.refresh_quota'))
      clock.set(new Date('2026-03-15T00:00:00+08:00'))
      await stable(true)
    })

    for (const hours of [3, 30]) {
      test(`issued while the clock was ${hours} h ahead ends a lifetime from now, and can be refreshed by force`, async () => {
        await using opened = await openIssuer(kind)
        const { clock, issuer, account, secret, stable, plain, wait, check } = opened
        await stable()
        const right = clock.now()
        clock.set(new Date(right.getTime() + hours * 3600 * SECOND_MS))
        const plainAhead = await plain()
        const ahead = await stable(true)
        clock.set(right)
        const { token, expiresIn } = await issueStableToken(issuer, account, { secret, force: false })
        assert.deepEqual([token, expiresIn], [ahead, TOKEN_LIFETIME_S])
        await check(plainAhead)
        const refreshed = await stable(true)
        assert.notEqual(refreshed, ahead)
        assert.equal(await stable(), refreshed)
        await assert.rejects(check(ahead), problem('token.invalid'))
        wait(TOKEN_LIFETIME_S)
        await assert.rejects(check(plainAhead), problem('token.expired'))
      })
    }

    test('is the same for all who ask at once', async () => {
      await using opened = await openIssuer(kind)
      const tokens = await Promise.all(Array.from({ length: 6 }, () => opened.stable()))
      assert.equal(new Set(tokens).size, 1)
    })
  })

  describe(`a new secret on ${kind.name}`, () => {
    test('ends the old one and every token at once, on every server', async () => {
      await using opened = await openIssuer(kind)
      const { db, issuer, appid, secret, plain, stable, check } = opened
      const tokens = [await plain(), await stable()]
      for (const token of tokens) await authorize(issuer, token)
      const renewed = await rotateSecret(issuer, appid, 'staff:li')
      for (const token of tokens) {
        await assert.rejects(authorize(issuer, token), problem('token.invalid'))
        await assert.rejects(check(token), problem('token.invalid'))
      }
      await assert.rejects(
        authenticate(db, { appid, secret }, () => {}),
        problem('credential.secret_invalid'),
      )
      const { account: now } = await authenticate(db, { appid, secret: renewed }, () => {})
      const { token } = await issueStableToken(issuer, now, { secret: renewed, force: false })
      await check(token)
      const last = await db.selectFrom('audit_entry').selectAll().orderBy('entry_no', 'desc').executeTakeFirst()
      assert.equal(last?.action, 'account.rotate_secret')
      assert.ok(!last?.detail.includes(renewed))
    })

    test('gives no token to a call that read the old one before', async () => {
      await using opened = await openIssuer(kind)
      const { db, issuer, account } = opened
      // The account is locked while the call has seen the old secret, and only then is it changed.
      const { promise: changed, resolve: change } = Promise.withResolvers<void>()
      const { promise: locked, resolve: lock } = Promise.withResolvers<void>()
      const rotation = transaction(db, async (trx) => {
        await lockJournal(trx, account.accountId)
        lock()
        await changed
        await saveSecretHash(trx, account.accountId, hashSecret('another'))
      })
      await locked
      const call = issueToken(issuer, account)
      const refused = assert.rejects(call, problem('credential.secret_invalid'))
      await setImmediate()
      change()
      await rotation
      await refused
    })

    test('gives a call no token when it is frozen after the call read it', async () => {
      await using opened = await openIssuer(kind)
      const { issuer, account, appid, secret } = opened
      await setAccountState(issuer, appid, { secretFrozen: true }, 'staff:li')
      await assert.rejects(issueToken(issuer, account), problem('credential.secret_frozen'))
      await setAccountState(issuer, appid, { frozen: true }, 'staff:li')
      await assert.rejects(issueStableToken(issuer, account, { secret, force: false }), problem('account.frozen'))
    })

    test('is refused for an unknown account', async () => {
      await using opened = await openIssuer(kind)
      await assert.rejects(rotateSecret(opened.issuer, 'wx0000000000000000', 'staff:li'), problem('account.unknown'))
    })
  })

  describe(`an appid and its secret on ${kind.name}`, () => {
    test('name the account with its limits', async () => {
      await using opened = await openIssuer(kind)
      const { db, account, appid, secret } = opened
      const caller = await authenticate(db, { appid, secret }, () => {})
      assert.deepEqual(caller, { account, limits: await findLimits(db, account.accountId) })
    })

    test('belong together', async () => {
      await using opened = await openIssuer(kind)
      const { db, appid, secret } = opened
      const ask = (credentials: { appid: string; secret: string }) => authenticate(db, credentials, () => {})
      for (const other of ['wx0000000000000000', '', 'wx\0']) {
        await assert.rejects(ask({ appid: other, secret }), problem('credential.appid_invalid'))
      }
      await assert.rejects(ask({ appid, secret: newSecret() }), problem('credential.secret_invalid'))
    })

    test('reveal nothing about the secret to a caller who is not admitted', async () => {
      await using opened = await openIssuer(kind)
      const { db, appid, secret } = opened
      for (const one of [secret, newSecret()]) {
        const ask = authenticate(db, { appid, secret: one }, () => {
          throw new Problem('ip.not_allowed')
        })
        await assert.rejects(ask, problem('ip.not_allowed'))
      }
    })
  })

  describe(`the caller on ${kind.name}`, () => {
    test('is unknown without a token, or with one that was never issued', async () => {
      await using opened = await openIssuer(kind)
      const { account, check } = opened
      for (const token of [undefined, '']) await assert.rejects(check(token), problem('token.missing'))
      for (const token of [
        'x',
        newAccessToken(account.accountId, systemEntropy),
        newAccessToken(99, systemEntropy),
        'zzzzzzzzzz_'.padEnd(54, 'a'),
      ]) {
        await assert.rejects(check(token), problem('token.invalid'))
      }
    })

    test('is looked up once for consecutive calls, and never used after the token’s end', async (t) => {
      await using opened = await openIssuer(kind)
      const { db, issuer, plain, wait } = opened
      const token = await plain()
      let now = 0
      t.mock.method(performance, 'now', () => now)
      const first = await authorize(issuer, token)
      assert.equal(await authorize(issuer, token), first)
      await db.deleteFrom('access_token').execute()
      now = 2999
      assert.equal(await authorize(issuer, token), first)
      now = 3000
      await assert.rejects(authorize(issuer, token), problem('token.invalid'))
      issuer.callers.remember(token, first)
      wait(TOKEN_LIFETIME_S)
      await assert.rejects(authorize(issuer, token), problem('token.invalid'))
    })
  })
}
