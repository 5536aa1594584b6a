import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { processorMs } from '../../test/processor-ms.ts'
import { maskBody, maskUrl } from './mask-secrets.ts'

const URLS: [url: string, masked: string][] = [
  ['/cgi-bin/token?appid=wx1&secret=5a6e&x=1', '/cgi-bin/token?appid=wx1&secret=***&x=1'],
  ['/shop/cat/get?access_token=1_abc', '/shop/cat/get?access_token=***'],
  ['/shop/cat/get?access%5Ftoken=1_abc', '/shop/cat/get?access%5Ftoken=***'],
  ['/shop/cat/get?&a=b&ACCESS_TOKEN=1', '/shop/cat/get?&a=b&ACCESS_TOKEN=***'],
  ['/x?%zz=1&appsecret=5="', '/x?%zz=1&appsecret=***'],
  ['/x?url=http://a/?b=1', '/x?url=http://a/?b=1'],
]

const BODIES: [body: string, masked: string][] = [
  ['{"appid":"wx1","secret":"5a6e"}', '{"appid":"wx1","secret":"***"}'],
  ['{"secret" : "5a\\"6e", "b":1}', '{"secret" : "***", "b":1}'],
  ['{"se\\u0063ret":"5a6e"}', '{"se\\u0063ret":"***"}'],
  ['{"appsecret":12345,"b":2}', '{"appsecret":"***","b":2}'],
  ['{"appsecret":["5a6e"],"b":2}', '{"appsecret":"***"'],
  ['{"EncodingAESKey":"abc","encoding_aes_key":"def"}', '{"EncodingAESKey":"***","encoding_aes_key":"***"}'],
  ['{"access_token":"1_abc","expires_in":7200}', '{"access_token":"***","expires_in":7200}'],
  ['{"a":{"component_appsecret":"x"},"secret":"cut o', '{"a":{"component_appsecret":"***"},"secret":"***"'],
  ['{"secret":"cut at an escape\\', '{"secret":"***"'],
  ['{"secret":"one\ntwo"}', '{"secret":"***"}'],
  ['{"secret', '{"secret'],
  ['appid=wx1&secret=5a6e', 'appid=wx1&secret=***'],
  ['{"img_url":"http://a/b?access_token=1&c=2"}', '{"img_url":"http://a/b?access_token=***&c=2"}'],
  ['{"name":"secret","comment":"access_token"}', '{"name":"secret","comment":"access_token"}'],
  ['{"quantity":3,"apply_reason":"a=b"}', '{"quantity":3,"apply_reason":"a=b"}'],
]

describe('masking secrets', () => {
  for (const [url, masked] of URLS) test(`masks secrets in ${url}`, () => assert.equal(maskUrl(url), masked))
  for (const [body, masked] of BODIES)
    test(`masks secrets in ${JSON.stringify(body)}`, () => assert.equal(maskBody(body), masked))
})

for (const hostile of ['a', '"', '"\\"', '"secret":', ' ', '=', '{"secret"', '\\']) {
  test(`takes linear time for a long row of ${JSON.stringify(hostile)}`, () => {
    assert.ok(processorMs(() => maskBody(`"${hostile.repeat(200_000)}`)) < 2000)
  })
}
