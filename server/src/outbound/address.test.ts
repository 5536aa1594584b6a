import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAcceptable, parseRanges } from './address.ts'

test('public addresses are acceptable, also when IPv6 carries them', () => {
  const addresses = ['1.1.1.1', '93.184.215.14', '172.15.255.255', '172.32.0.0', '223.255.255.255']
  const v6 = ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', '2400:da00::6666', '3ffe::1']
  const carried = ['::ffff:1.1.1.1', '64:ff9b::1.1.1.1', '2002:101:101::1', '2001:0:101:101::fefe:fefe']
  for (const address of [...addresses, ...v6, ...carried]) assert.equal(isAcceptable(address, []), true, address)
})

test('an address that carries a private one is not acceptable', () => {
  const addresses = ['::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:101:101::f5ff:fffe']
  for (const address of addresses) assert.equal(isAcceptable(address, []), false, address)
})

test('IPv6 addresses outside of the assigned blocks are not acceptable', () => {
  for (const address of ['::2', '::7f00:1', '::ffff:0:101:101', '64:ff9b:1::101:101', '4000::1', '8000::1']) {
    assert.equal(isAcceptable(address, []), false, address)
  }
})

test('an odd spelling is not acceptable, whatever it may stand for', () => {
  for (const address of ['', '0x1.1.1.1', '1.1', '16843009', '001.1.1.1', '1.1.1.1 ', '[2606::1]', 'one.test']) {
    assert.equal(isAcceptable(address, parseRanges(['0.0.0.0/0', '::/0'])), false, address)
  }
})

test('a range makes its addresses acceptable in every form, and no others', () => {
  const allow = parseRanges(['10.1.0.0/16', 'fd00:1::/32', '::1/128'])
  for (const address of ['10.1.0.1', '10.1.255.255', '::ffff:10.1.0.1', 'fd00:1::5', '::1']) {
    assert.equal(isAcceptable(address, allow), true, address)
  }
  for (const address of ['10.2.0.1', '::ffff:10.2.0.1', 'fd00:2::5', '127.0.0.1', '::2']) {
    assert.equal(isAcceptable(address, allow), false, address)
  }
})

test('a range may name a carrying address itself', () => {
  const allow = parseRanges(['64:ff9b:1::/48', '2002:a00::/24'])
  assert.equal(isAcceptable('64:ff9b:1::a00:1', allow), true)
  assert.equal(isAcceptable('2002:a00:1::', allow), true)
  assert.equal(isAcceptable('10.0.0.1', allow), false)
})

test('what is not a range is named', () => {
  for (const entry of ['10.0.0.1', '10.0.0.0/33', 'localhost', '']) {
    assert.throws(() => parseRanges(['10.0.0.0/8', entry]), { message: new RegExp(`^"${entry}" is not`) })
  }
})
