import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encryptMessage } from './message-crypto.ts'
import { answerVerification, type Push, PushRefused, readPush, verifySignature } from './read-push.ts'
import { sign } from './signature.ts'

const token = 'AAAAA'
const encodingAesKey = 'A'.repeat(43)
const appid = 'wxba5fad812f8e6fb9'
const MESSAGE = {
  ToUserName: 'gh_1',
  FromUserName: 'o1',
  CreateTime: 1714112445,
  MsgType: 'event',
  Event: 'debug_demo',
}
const XML =
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>' +
  '<CreateTime>1714112445</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[debug_demo]]></Event></xml>'

const plainQuery = {
  timestamp: '1714037059',
  nonce: '486452656',
  signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78',
}

function secure(message: string, changes: { appid?: string; signedWith?: string } = {}): Push {
  const Encrypt = encryptMessage({ encodingAesKey, appid: changes.appid ?? appid, message })
  const { timestamp, nonce } = plainQuery
  const msg_signature = sign([changes.signedWith ?? token, timestamp, nonce, Encrypt])
  const query = { ...plainQuery, encrypt_type: 'aes', msg_signature }
  return { query, body: JSON.stringify({ ToUserName: 'gh_1', Encrypt }), token, encodingAesKey, appid }
}

test('reads the same message from XML and JSON, plain and encrypted', () => {
  const plain = { query: plainQuery, token, appid }
  assert.deepEqual(readPush({ ...plain, body: XML }), MESSAGE)
  assert.deepEqual(readPush({ ...plain, body: JSON.stringify(MESSAGE) }), MESSAGE)
  assert.deepEqual(readPush(secure(XML)), MESSAGE)
  assert.deepEqual(readPush(secure(JSON.stringify(MESSAGE))), MESSAGE)
  const outer = JSON.parse(secure(XML).body)
  const inXml = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${outer.Encrypt}]]></Encrypt></xml>`
  const msg_signature = sign([token, plainQuery.timestamp, plainQuery.nonce, outer.Encrypt])
  const query = { ...plainQuery, msg_signature }
  assert.deepEqual(readPush({ query, body: inXml, token, encodingAesKey, appid }), MESSAGE)
})

test('reads the encrypted part of a compatible message', () => {
  const push = secure(XML)
  const body = JSON.stringify({ ...MESSAGE, Event: 'forged', ...JSON.parse(push.body) })
  assert.equal(readPush({ ...push, body }).Event, 'debug_demo')
})

test('rejects a message that is not from the platform or not for this account', () => {
  const cases: [Push, RegExp][] = [
    [{ query: { ...plainQuery, signature: '0'.repeat(40) }, body: XML, token, appid }, /signature is wrong/],
    [{ query: {}, body: XML, token, appid }, /signature is wrong/],
    [{ query: plainQuery, body: XML, token, encodingAesKey, appid }, /not encrypted/],
    [secure(XML, { signedWith: 'BBBBB' }), /msg_signature is wrong/],
    [secure(XML, { appid: 'wx0123456789abcdef' }), /another account/],
    [{ ...secure(XML), encodingAesKey: 'B'.repeat(43) }, /cannot be decrypted/],
    [{ query: plainQuery, body: '[]', token, appid }, /no object/],
    [{ query: plainQuery, body: '<xml', token, appid }, /cannot be read/],
  ]
  for (const [push, message] of cases) {
    assert.throws(
      () => readPush(push),
      (error) => error instanceof PushRefused && message.test(error.message),
      String(message),
    )
  }
})

test("answers the platform's verification with its echostr, and nobody else's", () => {
  const query = { timestamp: '1714036504', nonce: '1514711492', signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696' }
  assert.equal(verifySignature(token, query), true)
  assert.equal(verifySignature(token, { ...query, nonce: '1' }), false)
  assert.equal(answerVerification(token, { ...query, echostr: '4375120948345356249' }), '4375120948345356249')
  assert.throws(() => answerVerification('BBBBB', { ...query, echostr: 'x' }), PushRefused)
})
