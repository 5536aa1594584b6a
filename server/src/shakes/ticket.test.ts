import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { describe, test } from 'node:test'
import { systemEntropy } from '../entropy/entropy.ts'
import { crypt, prove, type Ticket, TicketSeal } from './ticket.ts'

const SHAKEN_AT = new Date('2026-03-14T12:00:00.123+08:00')
const after = (ms: number) => new Date(SHAKEN_AT.getTime() + ms)
const LIFETIME_MS = 30 * 60 * 1000

const aTicket = (changes: Partial<Ticket> = {}): Ticket => ({
  accountId: 7,
  deviceId: 20_001,
  pageId: 28_840,
  openid: 'o-AbCdEf0123456789',
  distance: 2.35,
  shakenAt: SHAKEN_AT,
  ...changes,
})

describe('a ticket', () => {
  const seal = new TicketSeal('secret')

  for (const changes of [
    {},
    { distance: 0, deviceId: 0x7f, pageId: 0x80, accountId: 1 },
    { deviceId: 2 ** 33 + 5, accountId: Number.MAX_SAFE_INTEGER, distance: 9999.999, openid: 'x' },
    { openid: 'o'.repeat(64) },
  ]) {
    test(`opens to what it was sealed with: ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(seal.open(seal.seal(aTicket(changes), systemEntropy), { now: () => after(0) }), aTicket(changes))
    })
  }

  test('is short lower-case hex and differs every time', () => {
    const [one, two] = [seal.seal(aTicket(), systemEntropy), seal.seal(aTicket(), systemEntropy)]
    assert.match(one, /^[0-9a-f]{80,128}$/)
    assert.notEqual(one, two)
  })

  test('is valid for 30 minutes to the millisecond', () => {
    const text = seal.seal(aTicket(), systemEntropy)
    assert.ok(seal.open(text, { now: () => after(LIFETIME_MS - 1) }))
    assert.equal(seal.open(text, { now: () => after(LIFETIME_MS) }), undefined)
  })

  test('opens on every server of an installation, and nowhere else', () => {
    const text = seal.seal(aTicket(), systemEntropy)
    assert.deepEqual(new TicketSeal('secret').open(text, { now: () => after(0) }), aTicket())
    assert.equal(new TicketSeal('another').open(text, { now: () => after(0) }), undefined)
  })

  test('opens when a version with its own ciphers sealed it', () => {
    const text =
      '4647f3434a4ebf4d9472c718c394ffb8c495c589fdc72ca73bf72e3221a68f52e0177907521b1fec' + '104eb9d8df8b2282a6b1b60d98'
    assert.deepEqual(seal.open(text, { now: () => after(0) }), aTicket())
  })

  test('does not open when one digit of it is changed, cut off or added', () => {
    const text = seal.seal(aTicket(), systemEntropy)
    for (let at = 0; at < text.length; at += 1) {
      const changed = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`
      assert.equal(seal.open(changed, { now: () => after(0) }), undefined, `digit ${at}`)
    }
    for (const bad of [
      text.slice(0, -2),
      text.slice(0, -1),
      `${text}00`,
      text.toUpperCase(),
      '',
      'x',
      'f'.repeat(2000),
    ]) {
      assert.equal(seal.open(bad, { now: () => after(0) }), undefined, bad)
    }
  })
})

describe('what a ticket is sealed with', () => {
  const hex = (text: string) => Buffer.from(text, 'hex')
  const keyOf = (text: string) => createSecretKey(hex(text))

  test('proves as RFC 4231 says, test case 5', () => {
    const proof = prove(keyOf('0c'.repeat(20)), Buffer.from('Test With Truncation'))
    assert.equal(proof.toString('hex'), 'a3b6167473100ee06e0c796c2955552b')
  })

  test('encrypts and decrypts as NIST SP 800-38A says, F.5.5 and F.5.6', () => {
    const key = keyOf('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
    const counter = hex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff')
    const plain = hex('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')
    const sealed = hex('601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5')
    assert.deepEqual(crypt(key, counter, plain), sealed)
    assert.deepEqual(crypt(key, counter, sealed), plain)
  })
})
