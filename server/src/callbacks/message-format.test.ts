import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decryptMessage, sign } from '@shenpi/sdk/callbacks'
import { CALLBACK_FORMATS } from '@shenpi/sdk/contract/states'
import { XMLParser } from 'fast-xml-parser'
import { type MessageFields, type MessageToSend, toJson, toMessageBody, toXml } from './message-format.ts'

const FIELDS: MessageFields = {
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'oReviewTeam',
  CreateTime: 1660000000,
  MsgType: 'event',
  Event: 'open_product_scene_group_audit',
  SceneGroupAudit: {
    name: '视频号',
    reason: '',
    scene_group_ext_list: [
      { ext_id: 1, status: 1 },
      { ext_id: 2, status: 3 },
    ],
  },
}

function aMessage(overrides: Partial<MessageToSend> = {}): MessageToSend {
  const keys = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43), appid: 'wx0123456789abcdef' }
  return {
    format: 'xml',
    mode: 'plain',
    fields: FIELDS,
    ...keys,
    timestamp: 1714037059,
    nonce: '486452656',
    ...overrides,
  }
}

const parser = new XMLParser({ parseTagValue: false, trimValues: false })

test('XML has text in CDATA, bare numbers, nested objects and repeated arrays', () => {
  assert.equal(
    toXml(FIELDS),
    '<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oReviewTeam]]></FromUserName>' +
      '<CreateTime>1660000000</CreateTime><MsgType><![CDATA[event]]></MsgType>' +
      '<Event><![CDATA[open_product_scene_group_audit]]></Event>' +
      '<SceneGroupAudit><name><![CDATA[视频号]]></name><reason><![CDATA[]]></reason>' +
      '<scene_group_ext_list><ext_id>1</ext_id><status>1</status></scene_group_ext_list>' +
      '<scene_group_ext_list><ext_id>2</ext_id><status>3</status></scene_group_ext_list></SceneGroupAudit></xml>',
  )
})

test('an empty array gives no element, and an empty object an empty one', () => {
  assert.equal(toXml({ AroundBeacons: { AroundBeacon: [] }, none: [] }), '<xml><AroundBeacons></AroundBeacons></xml>')
})

test('an XML parser reads hostile text as it was', () => {
  const texts = [
    [']]>', ']]]]>>', ']]>]]>', ']]', ']', '>', ']]&gt;', '<![CDATA[x]]>', ']]><admin>1</admin><![CDATA['],
    [
      '&',
      '&amp;',
      '&#0;',
      '<',
      '</reason></xml>',
      '<!-- -->',
      '<?xml?>',
      '"\'',
      '&xxe;',
      '<!DOCTYPE a [<!ENTITY b "c">]>',
    ],
    ['👍🏽', '𠮷', '摇一摇', 'e\u0301', '\u{FFFD}', '\u{10FFFF}', '\u{E000}', '\u2028', '\u0085', '\u00a0'],
    ['', ' ', '  a  ', '\t', 'a\nb', '\n'],
  ].flat()
  for (const text of texts) {
    const parsed = parser.parse(toXml({ reason: text, inner: { reason: text } }))
    assert.deepEqual(parsed, { xml: { reason: text, inner: { reason: text } } })
  }
})

test('characters that XML cannot hold are removed', () => {
  const forbidden = ['\0', '\x01', '\b', '\v', '\f', '\x0e', '\x1b', '\x1f', '\uD83D', '\uDC4D', '\uFFFE', '\uFFFF']
  for (const character of forbidden) assert.equal(toXml({ a: `x${character}y` }), '<xml><a><![CDATA[xy]]></a></xml>')
  assert.equal(toXml({ a: ']\0]>' }), '<xml><a><![CDATA[]]]]><![CDATA[>]]></a></xml>')
})

test('JSON has the same members in the same order, and text as it is', () => {
  assert.deepEqual(JSON.parse(toJson(FIELDS)), FIELDS)
  assert.equal(toJson({ b: '早\n', a: [{ c: 1 }] }), '{"b":"早\\n","a":[{"c":1}]}')
})

test('a plain message is sent as it is, with the published signature', () => {
  const signature = '899cf89e464efb63f54ddac96b0a0a235f53aa78'
  const query = { signature, timestamp: '1714037059', nonce: '486452656', openid: 'oReviewTeam' }
  const plain = aMessage({ encodingAesKey: '' })
  assert.deepEqual(toMessageBody(plain), { body: toXml(FIELDS), contentType: 'text/xml', query })
  const json = { body: toJson(FIELDS), contentType: 'application/json', query }
  assert.deepEqual(toMessageBody({ ...plain, format: 'json' }), json)
})

for (const format of CALLBACK_FORMATS) {
  const write = format === 'xml' ? toXml : toJson
  const read = (body: string): MessageFields => (format === 'xml' ? parser.parse(body).xml : JSON.parse(body))

  test(`a secure message in ${format} shows only its receiver, who can verify and decrypt it`, () => {
    const message = aMessage({ format, mode: 'secure' })
    const { body, query } = toMessageBody(message)
    const outer = read(body)
    const Encrypt = String(outer.Encrypt)
    assert.deepEqual(Object.keys(outer), ['ToUserName', 'Encrypt'])
    assert.equal(body, write({ ToUserName: 'gh_0123456789ab', Encrypt }))
    assert.deepEqual(query, {
      signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78',
      timestamp: '1714037059',
      nonce: '486452656',
      openid: 'oReviewTeam',
      encrypt_type: 'aes',
      msg_signature: sign(['AAAAA', '1714037059', '486452656', Encrypt]),
    })
    const inner = decryptMessage({ encodingAesKey: message.encodingAesKey, ciphertext: Encrypt })
    assert.deepEqual(inner, { message: write(FIELDS), appid: message.appid })
  })

  test(`a compatible message in ${format} has every plain member and the encrypted message`, () => {
    const message = aMessage({ format, mode: 'compatible' })
    const { body, query } = toMessageBody(message)
    const Encrypt = String(read(body).Encrypt)
    assert.equal(body, write({ ...FIELDS, Encrypt }))
    assert.equal(query.openid, 'oReviewTeam')
    assert.equal(query.msg_signature, sign(['AAAAA', '1714037059', '486452656', Encrypt]))
    const inner = decryptMessage({ encodingAesKey: message.encodingAesKey, ciphertext: Encrypt })
    assert.equal(inner.message, write(FIELDS))
  })
}

test('an encrypted message without a ToUserName is refused', () => {
  const message = aMessage({ mode: 'secure', fields: { Event: 'x' } })
  assert.throws(() => toMessageBody(message), /needs a ToUserName/)
})
