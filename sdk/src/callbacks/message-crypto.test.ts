import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { test } from 'node:test'
import { decryptMessage, encryptMessage, isEncodingAesKey } from './message-crypto.ts'
import { sign } from './signature.ts'

const KEY = 'A'.repeat(43)
const APPID = 'wxba5fad812f8e6fb9'

/** The published examples: a push and a reply. */
const EXAMPLES = [
  {
    random: 'a8eedb185eb2fecf',
    message:
      '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
    ciphertext:
      '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
    signed: ['AAAAA', '1714112445', '415670741'],
    signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
  },
  {
    random: '707722b803182950',
    message: '{"demo_resp":"good luck"}',
    ciphertext: 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
    signed: ['AAAAA', '1713424427', '415670741'],
    signature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
  },
]

test('decrypts, encrypts and signs the published examples as published', () => {
  for (const { random, message, ciphertext, signed, signature } of EXAMPLES) {
    assert.deepEqual(decryptMessage({ encodingAesKey: KEY, ciphertext }), { message, appid: APPID })
    const again = encryptMessage({ encodingAesKey: KEY, appid: APPID, message, random: Buffer.from(random) })
    assert.equal(again, ciphertext)
    assert.equal(sign([...signed, ciphertext]), signature)
  }
})

test('decrypts a message of any length that was padded to blocks of 32 bytes', () => {
  const encodingAesKey = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ'
  for (let length = 0; length <= 200; length++) {
    for (const message of ['x'.repeat(length), '摇'.repeat(length)]) {
      const ciphertext = encryptMessage({ encodingAesKey, appid: APPID, message })
      const unpadded = 16 + 4 + Buffer.byteLength(message) + APPID.length
      assert.equal(Buffer.from(ciphertext, 'base64').length, (Math.floor(unpadded / 32) + 1) * 32)
      assert.deepEqual(decryptMessage({ encodingAesKey, ciphertext }), { message, appid: APPID })
    }
  }
})

test('encrypts equal messages differently', () => {
  const message = { encodingAesKey: KEY, appid: APPID, message: 'x' }
  assert.notEqual(encryptMessage(message), encryptMessage(message))
})

/** The ciphertext of exactly these bytes. */
function encryptBytes(plain: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32), Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

test('rejects what is not an encrypted message', () => {
  const padded = (bytes: number, padding: number) => {
    return Buffer.concat([Buffer.alloc(bytes), Buffer.alloc(padding, padding)])
  }
  const tooLong = padded(31, 1)
  tooLong.writeUInt32BE(12, 16)
  const uneven = padded(28, 4)
  uneven[29] = 3
  const cases: [string, RegExp][] = [
    ['', /0 bytes/],
    [encryptBytes(Buffer.alloc(16, 16)), /16 bytes, which is no multiple of 32/],
    [encryptBytes(Buffer.alloc(32, 0)), /padding/],
    [encryptBytes(Buffer.alloc(64, 33)), /padding/],
    [encryptBytes(uneven), /padding/],
    [encryptBytes(Buffer.alloc(32, 32)), /too short/],
    [encryptBytes(padded(19, 13)), /too short/],
    [encryptBytes(tooLong), /shorter than its length says/],
  ]
  for (const [ciphertext, message] of cases) {
    assert.throws(() => decryptMessage({ encodingAesKey: KEY, ciphertext }), { message }, ciphertext)
  }
  const shortest = encryptBytes(padded(20, 12))
  assert.deepEqual(decryptMessage({ encodingAesKey: KEY, ciphertext: shortest }), { message: '', appid: '' })
})

test('rejects an EncodingAESKey that does not have 43 letters and digits', () => {
  for (const key of [KEY, 'z'.repeat(43), '0123456789'.repeat(4).concat('abc')])
    assert.equal(isEncodingAesKey(key), true)
  const wrong = ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(42)}+`, `${KEY}\n`]
  for (const key of wrong) {
    assert.equal(isEncodingAesKey(key), false)
    assert.throws(() => encryptMessage({ encodingAesKey: key, appid: APPID, message: '' }), /EncodingAESKey/)
    assert.throws(() => decryptMessage({ encodingAesKey: key, ciphertext: 'A'.repeat(128) }), /EncodingAESKey/)
  }
})

test('encrypts with as many random bytes as the protocol says', () => {
  const message = { encodingAesKey: KEY, appid: APPID, message: '', random: Buffer.alloc(15) }
  assert.throws(() => encryptMessage(message), { message: 'The random bytes must be 16, not 15.' })
})
