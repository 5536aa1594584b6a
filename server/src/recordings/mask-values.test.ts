import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anonymousText, Masker } from './mask-values.ts'

const VALUES: [name: string, value: unknown, masked: unknown][] = [
  [
    'tokens and secrets',
    { access_token: 'abc', appsecret: 'x', EncodingAESKey: 'k' },
    {
      access_token: '***',
      appsecret: '***',
      EncodingAESKey: '***',
    },
  ],
  [
    'a secret that is a number, a list or an object, type by type',
    { key: 5, ticket: ['a', 1], secret: { a: 'b' } },
    {
      key: 0,
      ticket: ['***', 0],
      secret: { a: '***' },
    },
  ],
  [
    'a person, with a valid phone number and address',
    { name: '李雷 Li', phone_number: '13812345678', email: 'li@x.com' },
    {
      name: '某某 xx',
      phone_number: '13800000000',
      email: 'masked@example.com',
    },
  ],
  [
    'a landline with its signs',
    { telephone: '020-12345678', tel_number: '+86 (755) 123' },
    {
      telephone: '020-00000000',
      tel_number: '+86 (700) 000',
    },
  ],
  ['whose a shake was', { openid: 'o-AbC1' }, { openid: '0-0000' }],
  ['arguments in a text', { request_url: '/a?access_token=abc&b=1' }, { request_url: '/a?access_token=***&b=1' }],
  [
    'JSON in a text',
    { request_body: '{"secret":"abc","phone_number":"13812345678"}' },
    {
      request_body: '{"secret":"***","phone_number":"13800000000"}',
    },
  ],
]

describe('masking what is recorded', () => {
  const masker = () => new Masker(Buffer.alloc(32, 1))

  for (const [name, value, masked] of VALUES) {
    test(`masks ${name}`, () => assert.deepEqual(masker().mask(value), masked))
  }

  test('leaves names of things, empty texts and other digits', () => {
    const value = { name: '一号门', title: '12345678', access_token: '', quantity: 12345678, apply_id: 1234567 }
    assert.deepEqual(masker().mask(value), value)
  })

  test('masks a picture’s link alike wherever it stands, so that it can be told apart', () => {
    const one = masker()
    const [first, again, other] = ['a/1', 'a/1', 'a/2'].map((path) => one.mask(`http://p.qpic.cn/${path}`, 'pic_url'))
    assert.match(String(first), /^http:\/\/p\.qpic\.cn\/masked\/[0-9a-f]{24}$/)
    assert.equal(first, again)
    assert.notEqual(first, other)
    assert.notEqual(first, new Masker(Buffer.alloc(32, 2)).mask('http://p.qpic.cn/a/1', 'pic_url'))
  })

  test('finds a secret that it has seen wherever it stands in a line', () => {
    const one = masker()
    one.mask({ access_token: 'token-of-somebody' })
    assert.equal(one.line('{"comment":"mine is token-of-somebody"}'), '{"comment":"mine is ***"}')
  })

  test('finds it as it stands in JSON and in a URL, and whole where another one begins like it', () => {
    const one = masker()
    const key = 'a"b\\c/d+e='
    one.mask({ ticket: ['begin-ning', 'begin-ning-and-end'], key })
    for (const text of [JSON.stringify(key).slice(1, -1), encodeURIComponent(key), 'begin-ning-and-end']) {
      assert.equal(one.line(`(${text})`), '(***)')
    }
  })

  test('leaves the shape alone of what no call of the wire has, but ids', () => {
    const value = {
      id_card: '11010119900307451X',
      legal_person: '李雷',
      contact: 13812345678,
      is_new: 1,
      shelf_id: 's7',
    }
    const masked = { id_card: '00000000000000000x', legal_person: '某某', contact: 0, is_new: 1, shelf_id: 's7' }
    assert.deepEqual(masker().mask(value), masked)
    assert.deepEqual(masker().mask(['李雷']), ['某某'])
  })

  test('leaves the shape alone of JSON that breaks off, in a text of a known member too', () => {
    const text = '{"openid":"oAbC", "email":"李雷@x.com", "a":[null,1'
    const shape = '{"xxxxxx":"xxxx", "xxxxx":"某某@x.xxx", "x":[null,0'
    assert.equal(anonymousText(text), shape)
    assert.deepEqual(masker().mask({ request_body: text }), { request_body: shape })
    assert.deepEqual(masker().mask({ comment: '[reject:不清晰]' }), { comment: '[reject:不清晰]' })
  })

  test('masks the query of a URL', () => {
    const url = new URL('http://a/cgi-bin/token?appid=wx1&secret=abc')
    assert.equal(masker().url(url), '/cgi-bin/token?appid=wx1&secret=***')
  })
})
