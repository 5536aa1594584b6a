import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followFrom, parseWebAddress } from './web-address.ts'

test('path and query are sent as they were written, without the fragment', () => {
  for (const [text, target] of [
    ['http://one.test', '/'],
    ['http://one.test?wechat2016', '/?wechat2016'],
    ['https://one.test/index.php?s=/index/wechat/api', '/index.php?s=/index/wechat/api'],
    ['http://one.test/a%20b/%2e%2E/./../c//d;e?x=%2f&y=a+b&&z', '/a%20b/%2e%2E/./../c//d;e?x=%2f&y=a+b&&z'],
    ["http://one.test/{a}|^`'\"<b>?['x']", "/{a}|^`'\"<b>?['x']"],
    ['http://one.test//evil.test/?', '//evil.test/?'],
    ['http://one.test/a\\b', '/a\\b'],
    ['HTTP:\\\\one.test\\a', '/a'],
    ['http://one.test/?a#/b?c', '/?a'],
    ['http://one.test#@two.test/', '/'],
    ['http:one.test/a', '/a'],
    [' http://one.test/a \n', '/a'],
  ] as const) {
    const address = parseWebAddress(text)
    assert.deepEqual([address.url.hostname, address.target], ['one.test', target], text)
  }
})

test('only what cannot stand in a request is encoded', () => {
  const { target } = parseWebAddress('http://one.test/审批 %E5?键=值\u0000\u007f\ud800 x')
  assert.equal(target, '/%E5%AE%A1%E6%89%B9%20%E5?%E9%94%AE=%E5%80%BC%00%7F%EF%BF%BD%20x')
  assert.equal(parseWebAddress('http://one.test/a\r\nHost: two.test\tb').target, '/aHost:%20two.testb')
})

test('a relative redirect resolves against its own address', () => {
  const from = parseWebAddress('https://one.test/a/b?c')
  for (const [location, host, target] of [
    ['/d?e=%2f', 'one.test', '/d?e=%2f'],
    ['d', 'one.test', '/a/d'],
    ['?s=/x', 'one.test', '/a/b?s=/x'],
    ['//two.test/d', 'two.test', '/d'],
    ['http://two.test:81/%7e?s=/x', 'two.test:81', '/%7e?s=/x'],
    [Buffer.from('/图').toString('latin1'), 'one.test', '/%E5%9B%BE'],
  ] as const) {
    const { url, target: found } = followFrom(from, location)
    assert.deepEqual([url.host, found], [host, target], location)
  }
  for (const location of ['ftp://two.test/', 'javascript:1', 'http://u:p@two.test/', 'http://']) {
    assert.throws(() => followFrom(from, location), { name: 'OutboundRefused', reason: 'url' }, location)
  }
})
