import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { systemEntropy } from '../entropy/entropy.ts'
import { newLinkKey, parseLinkKey, parseMediaId, toLinkPath, toMediaId, toPayMediaId } from './picture-link.ts'

const AT = new Date('2026-03-14T04:00:00Z')
const APPID = 'wx0123456789abcdef'
const PURPOSES = ['icon', 'license', 'shop'] as const

const newKey = () => newLinkKey(AT, systemEntropy.draw(1, 'picture_key', 16))

describe('a key', () => {
  test('consists of Unix seconds and 32 hex digits, and differs every time', () => {
    const keys = Array.from({ length: 100 }, () => newKey())
    assert.ok(keys.every((key) => /^1773460800[0-9a-f]{32}$/.test(key)))
    assert.equal(new Set(keys).size, 100)
  })
})

describe('a link', () => {
  const key = newKey()
  for (const purpose of PURPOSES) {
    const path = toLinkPath(key, purpose, APPID)
    for (const host of [
      'http://127.0.0.1:8080',
      'https://shenpi.example',
      'HTTPS://p.qpic.cn',
      'https://shenpi.example/behind/a-proxy',
      '',
    ]) {
      test(`${host}${path.replace(key, 'KEY')} holds its key`, () => assert.equal(parseLinkKey(host + path), key))
    }
  }

  test('holds its key in the published example, which has no host', () => {
    const documented = '1428565236d03d864b7f43db9ce34df5f720509d0e'
    assert.equal(parseLinkKey(`http://shp.qpic.cn/wx_shake_bus/0/${documented}/0`), documented)
    assert.equal(parseLinkKey(`/wechat_shakearound_pic/0/${documented}/120`), documented)
  })

  for (const reference of [
    '',
    '/',
    'https://shenpi.example/',
    `https://shenpi.example/other/0/${key}/0`,
    `https://shenpi.example/wx_shake_bus/0/${key}/1`,
    `https://shenpi.example/wx_shake_bus/0/${key.slice(1)}/0`,
    `https://shenpi.example/wx_shake_bus/0/${key.toUpperCase()}/0`,
    `https://shenpi.example/wx_shake_bus/0/${key}/0?more`,
    `https://shenpi.example/p/${APPID.slice(1)}/${key}`,
    `https://shenpi.example/p/${APPID}/${key}0`,
    `ftp://shenpi.example/p/${APPID}`,
    `ftp://shenpi.example/p/${APPID}/${key}`,
    `javascript:alert(1)/p/${APPID}/${key}`,
    `http://a\u0000/p/${APPID}/${key}`,
    `http://a\r\nb/p/${APPID}/${key}`,
    `http://a b/p/${APPID}/${key}`,
    `http://user@a/p/${APPID}/${key}`,
    `http://a?/p/${APPID}/${key}`,
    `x/p/${APPID}/${key}`,
  ]) {
    test(`is not ${reference.replace(key, 'KEY') || 'the empty text'}`, () => {
      assert.equal(parseLinkKey(reference), undefined)
    })
  }
})

describe('a media_id', () => {
  const key = newKey()

  test('holds its key', () => assert.equal(parseMediaId(toMediaId(key)), key))

  for (const [what, reference] of [
    ['empty', ''],
    ['a bare key', key],
    ['the payment platform’s', toPayMediaId(key)],
    ['cut off', toMediaId(key).slice(0, -1)],
    ['longer', `${toMediaId(key)}A`],
    ['of something that is no key', `wxashop_${Buffer.from('x'.repeat(42)).toString('base64url')}`],
  ] as const) {
    test(`is none when it is ${what}`, () => assert.equal(parseMediaId(reference), undefined))
  }
})
