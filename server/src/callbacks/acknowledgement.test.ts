import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isAcknowledgement } from './acknowledgement.ts'

const REPLY = '<ToUserName><![CDATA[o-1]]></ToUserName><MsgType><![CDATA[text]]></MsgType><Content>Hi</Content>'

describe('an answer to a callback', () => {
  for (const [what, text] of [
    ['success', 'success'],
    ['nothing', ''],
    ['a reply in XML', `<xml>${REPLY}</xml>`],
    ['an encrypted reply in XML', '<xml><Encrypt><![CDATA[q83v]]></Encrypt><Nonce><![CDATA[1]]></Nonce></xml>'],
    ['a reply in JSON', '{"MsgType":"text","Content":"Hi"}'],
    ['an encrypted reply in JSON', '{"Encrypt":"q83v","TimeStamp":1}'],
  ] as const) {
    test(`${what} is an acknowledgement, with status 200`, () => {
      assert.equal(isAcknowledgement({ status: 200, text }), true)
      assert.equal(isAcknowledgement({ status: 201, text }), false)
      assert.equal(isAcknowledgement({ status: 500, text }), false)
    })
  }

  for (const text of [
    'fail',
    'SUCCESS',
    '"success"',
    '{"errcode":0}',
    '{"MsgType":',
    '<html><body>It works</body></html>',
    '<!DOCTYPE html><html lang="en"><body>MsgType</body></html>',
    '<xml></xml>',
    `<xml>${REPLY}`,
  ]) {
    test(`${text} is no acknowledgement`, () => assert.equal(isAcknowledgement({ status: 200, text }), false))
  }
})
