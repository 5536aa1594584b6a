import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { linesOfEntries } from './lines-of-entries.ts'
import { readRecording } from './read-recording.ts'
import { BrokenRecording, isCallOfWire, targetOf } from './recording.ts'

const LINE = '{"method":"POST","url":"/shop/cat/get","body":{},"answer":{"status":200,"body":{"errcode":0}}}'
const HEAD = '{"format":"shenpi-recording","version":1,"upstream":"https://api.weixin.qq.com"}'

const anEntry = (changes: object = {}) => ({
  request: { method: 'post', url: 'https://api.weixin.qq.com/shop/cat/get?access_token=x', postData: { text: '{}' } },
  response: { status: 200, content: { mimeType: 'application/json', text: '{"errcode":0}' } },
  ...changes,
})
const aHar = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', pages: [{}], entries } }, null, 1)

const BROKEN: [name: string, text: string, told: string | RegExp][] = [
  ['a line that is no JSON', `${LINE}\n{"method":\n${LINE}\n`, /^line 2: this is no JSON \(/],
  ['a file that is no JSON at all', 'not json', /^line 1: this is no JSON \(/],
  ['a line that is no object', `${LINE}\n[]\n`, 'line 2: a request and its answer are an object'],
  ['a request without a method', '{"url":"/x"}', /^line 1: method: /],
  ['a status that is none', LINE.replace('200', '"200x"'), /^line 1: answer\/status: /],
  ['a URL that is none', LINE.replace('/shop/cat/get', 'http://'), /^line 1: /],
  ['a file of a version to come', HEAD.replace('1', '2'), 'line 1: version: 1 is expected'],
  ['a file of something else', HEAD.replace('shenpi-', ''), 'line 1: format: shenpi-recording is expected'],
  ['an empty file', '\n', 'line 1: it holds no request'],
  ['a HAR that breaks off', aHar(anEntry()).slice(0, -20), /^line \d+: this is no JSON \(/],
  ['a HAR without entries', '{"log":{"entries":{}}}', 'line 1: a HAR has log.entries, a list'],
  [
    'an entry without a method',
    aHar(anEntry(), anEntry({ request: {} })),
    'line 24: request.method: a text is expected',
  ],
]

describe('reading a recording', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shenpi-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const read = async (text: string) => {
    const path = join(folder, 'recording')
    writeFileSync(path, text)
    return await readRecording(path)
  }

  for (const [name, text, told] of BROKEN) {
    test(`refuses ${name}, with line and reason`, async () => {
      const error = await read(text).then(
        () => assert.fail('it was read'),
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof BrokenRecording, String(error))
      if (typeof told === 'string') assert.equal(error.message, told)
      else assert.match(error.message, told)
    })
  }

  test('takes JSON lines with and without their head, and blank lines', async () => {
    for (const text of [`${HEAD}\n${LINE}\n\n${LINE}\n`, `\ufeff${LINE}\n${LINE}`]) {
      const { exchanges, isCutOff } = await read(text)
      assert.equal(isCutOff, false)
      assert.deepEqual(
        exchanges.map(({ method, body, answer }) => [method, body, answer?.body]),
        Array(2).fill(['POST', {}, { errcode: 0 }]),
      )
    }
  })

  test('leaves out a last line that breaks off, and says so', async () => {
    const { exchanges, isCutOff } = await read(`${LINE}\n${LINE.slice(0, 40)}`)
    assert.deepEqual([exchanges.length, isCutOff], [1, true])
  })

  test('takes HAR 1.2: bodies in base64, fields and files of forms, and entries without an answer', async () => {
    const encoded = { text: btoa('{"errcode":1}'), encoding: 'base64' }
    const params = [
      { name: 'resp_type', value: '1' },
      { name: 'media', fileName: 'a.png', contentType: 'image/png' },
    ]
    const postData = { mimeType: 'multipart/form-data; boundary=x', params }
    const { exchanges } = await read(
      aHar(
        anEntry(),
        anEntry({ response: { status: 200, content: encoded } }),
        anEntry({ request: { method: 'POST', url: '/shop/img/upload', postData } }),
        anEntry({ response: { status: 0 } }),
      ),
    )
    assert.deepEqual(
      exchanges.map(({ answer, failure }) => answer?.body ?? failure),
      [{ errcode: 0 }, { errcode: 1 }, { errcode: 0 }, 'no answer was recorded'],
    )
    assert.deepEqual(exchanges[2]?.form, [
      { name: 'resp_type', value: '1' },
      { name: 'media', file: 'a.png', type: 'image/png' },
    ])
  })

  test('passes over what a browser loads beside this wire’s calls, whatever it looks like', async () => {
    const image = { method: 'get', url: `data:image/png;base64,${'A'.repeat(20_000)}` }
    const probe = { method: 'M-SEARCH', url: 'https://[' }
    const odd = { status: 999, content: {} }
    const { exchanges } = await read(
      aHar(anEntry(), anEntry({ request: image, response: odd }), anEntry({ request: probe })),
    )
    assert.deepEqual(
      exchanges.map(({ url }) => isCallOfWire(targetOf({ url }).pathname)),
      [true, false, false],
    )
  })

  test('leaves out a form that a HAR has as a text alone, and reads a body in base64', async () => {
    const upload = { mimeType: 'multipart/form-data; boundary=x', text: '--x\r\n\ufffdPNG' }
    const encoded = { mimeType: 'application/json', text: btoa('{"a":1}'), encoding: 'base64' }
    const url = '/shop/img/upload'
    const { exchanges } = await read(
      aHar(
        anEntry({ request: { method: 'POST', url, postData: upload } }),
        anEntry({ request: { method: 'POST', url, postData: encoded } }),
      ),
    )
    assert.match(exchanges[0]?.left_out ?? '', /no parts of its form/)
    assert.deepEqual(exchanges[1]?.body, { a: 1 })
  })

  test('knows the line of each entry, whatever texts hold', () => {
    const text = aHar(anEntry({ comment: '"entries":[{\n{' }), anEntry(), { entries: [{}] })
    const lines = text.split('\n')
    const begins = lines.flatMap((line, index) => (line === '   {' && index > 6 ? [index + 1] : []))
    assert.deepEqual(linesOfEntries(text), begins)
  })
})
